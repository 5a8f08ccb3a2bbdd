package ndoe.cosim.validation;

/**
 * What the judge tries besides corners, dispatches and random points.
 *
 * @param reactiveFreedom how far reactive power may be from tan φ · p, kvar per kW of |p|; 0 leaves
 *     it at the connection’s tan φ
 * @param searchStarts random vertices the worst-case search starts from, besides the corners; 0
 *     leaves the search out
 * @param outages what is done about the loss of one of the operator’s assets
 */
public record Scrutiny(
    double reactiveFreedom, int searchStarts, ForecastErrors forecastErrors, Outages outages) {

  /** What the search starts from unless told otherwise. */
  public static final int DEFAULT_SEARCH_STARTS = 2;

  /** What is done about the loss of an asset. */
  public enum Outages {
    /** Not tried. */
    IGNORED,
    /** Tried and reported. */
    REPORTED,
    /** Tried; a limit broken refuses the certificate. */
    REFUSED
  }

  public Scrutiny {
    if (!(reactiveFreedom >= 0 && Double.isFinite(reactiveFreedom))) {
      throw new IllegalArgumentException("reactive freedom must be at least 0: " + reactiveFreedom);
    }
    if (searchStarts < 0) {
      throw new IllegalArgumentException("search starts must be at least 0: " + searchStarts);
    }
  }

  /** The worst-case search at the connections’ tan φ, forecasts true, every asset in service. */
  public static Scrutiny standard() {
    return new Scrutiny(0, DEFAULT_SEARCH_STARTS, ForecastErrors.NONE, Outages.IGNORED);
  }

  /** Nothing besides corners, dispatches and random points. */
  public static Scrutiny pointsOnly() {
    return new Scrutiny(0, 0, ForecastErrors.NONE, Outages.IGNORED);
  }

  public Scrutiny withReactiveFreedom(double freedom) {
    return new Scrutiny(freedom, searchStarts, forecastErrors, outages);
  }

  public Scrutiny with(ForecastErrors errors) {
    return new Scrutiny(reactiveFreedom, searchStarts, errors, outages);
  }

  public Scrutiny with(Outages otherOutages) {
    return new Scrutiny(reactiveFreedom, searchStarts, forecastErrors, otherOutages);
  }
}
