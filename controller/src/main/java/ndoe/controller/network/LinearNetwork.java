package ndoe.controller.network;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;

/**
 * The network as the negotiation reasons with it: squared voltages and flows as affine functions of
 * the power drawn at the buses.
 *
 * <p>Powers are per unit on 1 MVA, i.e. MW and Mvar; squared voltages are per unit. Buses and lines
 * are counted in the feeder’s order. A line has one or more conductors, each with a flow of two
 * parts whose length must not exceed the line’s rating. Alone, it stands for every interval and
 * corner.
 */
public sealed interface LinearNetwork extends Linearisation permits LinDistFlow, SampledNetwork {
  /** Drop of the squared voltage at {@code bus} per MW drawn at {@code at}, per unit. */
  double dropPerMw(int bus, int at);

  /** Drop of the squared voltage at {@code bus} per Mvar drawn at {@code at}, per unit. */
  double dropPerMvar(int bus, int at);

  /** Drop at {@code bus} per MW drawn in equal shares at places, with reactive power by tan φ. */
  default double dropPerMw(int bus, int[] places, double tanPhi) {
    double sum = 0;
    for (int at : places) {
      sum += dropPerMw(bus, at) + tanPhi * dropPerMvar(bus, at);
    }
    return sum / places.length;
  }

  /** Squared voltage at a bus for this power drawn at every bus, per unit (method, 3.4). */
  double squaredVoltagePu(int bus, double[] drawnMw, double[] drawnMvar);

  int conductors(int line);

  /** First part of a conductor’s flow for this power drawn at every bus, MVA. */
  double firstMva(int line, int conductor, double[] drawnMw, double[] drawnMvar);

  /** Second part of a conductor’s flow, at right angles to the first, MVA. */
  double secondMva(int line, int conductor, double[] drawnMw, double[] drawnMvar);

  /** Change of the first part per MW drawn at {@code at}. */
  double firstPerMw(int line, int conductor, int at);

  /** Change of the first part per Mvar drawn at {@code at}. */
  double firstPerMvar(int line, int conductor, int at);

  /** Change of the second part per MW drawn at {@code at}. */
  double secondPerMw(int line, int conductor, int at);

  /** Change of the second part per Mvar drawn at {@code at}. */
  double secondPerMvar(int line, int conductor, int at);

  /** Losses of a line per squared flow of each of its conductors, MW per MVA². */
  double lossesPerSquare(int line);

  /** The largest flow of any conductor of a line, MVA. */
  default double flowMva(int line, double[] drawnMw, double[] drawnMvar) {
    double largest = 0;
    for (int conductor = 0; conductor < conductors(line); conductor++) {
      largest = Math.max(largest, conductorMva(line, conductor, drawnMw, drawnMvar));
    }
    return largest;
  }

  private double conductorMva(int line, int conductor, double[] drawnMw, double[] drawnMvar) {
    return Math.hypot(
        firstMva(line, conductor, drawnMw, drawnMvar),
        secondMva(line, conductor, drawnMw, drawnMvar));
  }

  @Override
  default LinearNetwork importing(int interval) {
    return this;
  }

  @Override
  default LinearNetwork exporting(int interval) {
    return this;
  }

  @Override
  default Linearisation around(EnvelopePlan envelopes, List<AssetSchedule> assets) {
    return this;
  }

  /** Losses of all lines, MW. */
  default double lossesMw(double[] drawnMw, double[] drawnMvar) {
    double losses = 0;
    for (int line = 0; line < lines(); line++) {
      for (int conductor = 0; conductor < conductors(line); conductor++) {
        double flow = conductorMva(line, conductor, drawnMw, drawnMvar);
        losses += lossesPerSquare(line) * flow * flow;
      }
    }
    return losses;
  }
}
