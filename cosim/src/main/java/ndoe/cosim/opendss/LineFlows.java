package ndoe.cosim.opendss;

import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;

/**
 * Flows and losses of the lines, from the voltages at their ends: I = (V_from − V_to) / (r + jx).
 * The engine’s own currents are the same product, read at the price of one call per line.
 */
final class LineFlows {
  private static final double WATTS_PER_KW = 1000;

  private final int phases;
  private final int phasesPerModelledPhase;
  private final int[] from;
  private final int[] to;
  private final double[] resistanceOhm;
  private final double[] reactanceOhm;

  private final double[] loadingKva;
  private double lossesKw;
  private double lossesKvar;

  LineFlows(Feeder feeder, NetworkModel model) {
    phases = model.phases();
    phasesPerModelledPhase = model.phasesPerModelledPhase();
    int lines = feeder.lines().size();
    from = new int[lines];
    to = new int[lines];
    resistanceOhm = new double[lines];
    reactanceOhm = new double[lines];
    loadingKva = new double[lines];
    Map<BusId, Integer> positions = feeder.busPositions();
    for (int line = 0; line < lines; line++) {
      Line each = feeder.lines().get(line);
      from[line] = positions.get(each.from());
      to[line] = positions.get(each.to());
      resistanceOhm[line] = each.resistanceOhm();
      reactanceOhm[line] = each.reactanceOhm();
    }
  }

  /**
   * Works out the flows.
   *
   * @param real of each voltage, volts, phase by phase within bus by bus
   * @param imaginary likewise
   */
  void update(double[] real, double[] imaginary) {
    double activeLosses = 0;
    double reactiveLosses = 0;
    for (int line = 0; line < from.length; line++) {
      double r = resistanceOhm[line];
      double x = reactanceOhm[line];
      double squaredOhm = r * r + x * x;
      double fromW = 0;
      double fromVar = 0;
      double squaredAmperes = 0;
      for (int phase = 0; phase < phases; phase++) {
        int near = from[line] * phases + phase;
        int far = to[line] * phases + phase;
        double dropReal = real[near] - real[far];
        double dropImaginary = imaginary[near] - imaginary[far];
        double amperesReal = (dropReal * r + dropImaginary * x) / squaredOhm;
        double amperesImaginary = (dropImaginary * r - dropReal * x) / squaredOhm;
        fromW += real[near] * amperesReal + imaginary[near] * amperesImaginary;
        fromVar += imaginary[near] * amperesReal - real[near] * amperesImaginary;
        squaredAmperes += amperesReal * amperesReal + amperesImaginary * amperesImaginary;
      }
      double toW = fromW - r * squaredAmperes;
      double toVar = fromVar - x * squaredAmperes;
      // Far from overflow, so that Math.hypot is not needed.
      double squaredVa = Math.max(fromW * fromW + fromVar * fromVar, toW * toW + toVar * toVar);
      double loadingVa = Math.sqrt(squaredVa);
      loadingKva[line] = loadingVa * phasesPerModelledPhase / WATTS_PER_KW;
      activeLosses += r * squaredAmperes;
      reactiveLosses += x * squaredAmperes;
    }
    lossesKw = activeLosses * phasesPerModelledPhase / WATTS_PER_KW;
    lossesKvar = reactiveLosses * phasesPerModelledPhase / WATTS_PER_KW;
  }

  double loadingKva(int line) {
    return loadingKva[line];
  }

  int lines() {
    return loadingKva.length;
  }

  double lossesKw() {
    return lossesKw;
  }

  double lossesKvar() {
    return lossesKvar;
  }
}
