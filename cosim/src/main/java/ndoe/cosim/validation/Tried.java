package ndoe.cosim.validation;

/**
 * What was tried, in power flows solved.
 *
 * @param corners everybody at one limit, per interval two, or four where regulators answer
 * @param dispatches uses handed in, the plan first
 * @param randomPoints points drawn at random
 * @param searched states the worst-case search looked at
 * @param forecastDraws states with passive load other than forecast
 * @param outages corners with one of the operator’s assets lost
 */
public record Tried(
    long corners,
    long dispatches,
    long randomPoints,
    long searched,
    long forecastDraws,
    long outages) {

  static final Tried NOTHING = new Tried(0, 0, 0, 0, 0, 0);

  /** Points of the envelopes as forecast and with every asset in service. */
  public long points() {
    return corners + dispatches + randomPoints + searched;
  }

  /** All power flows. */
  public long total() {
    return points() + forecastDraws + outages;
  }

  Tried plus(Tried other) {
    return new Tried(
        corners + other.corners,
        dispatches + other.dispatches,
        randomPoints + other.randomPoints,
        searched + other.searched,
        forecastDraws + other.forecastDraws,
        outages + other.outages);
  }
}
