package ndoe.cosim.powerflow;

import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;

/** Voltages without losses (LinDistFlow); lines must be listed from the source outwards. */
public final class LinearVoltages {
  private LinearVoltages() {}

  /** Magnitude at every bus in the feeder’s order, per unit. */
  public static double[] of(Feeder feeder, Injections injections) {
    double baseKva = 1000 * feeder.nominalVoltageKv() * feeder.nominalVoltageKv();
    Map<BusId, Integer> positions = feeder.busPositions();
    int lines = feeder.lines().size();
    double[] kw = new double[feeder.buses().size()];
    double[] kvar = new double[feeder.buses().size()];
    for (int line = lines - 1; line >= 0; line--) {
      int near = positions.get(feeder.lines().get(line).from());
      int far = positions.get(feeder.lines().get(line).to());
      kw[far] -= injections.activePowerKw(far);
      kvar[far] -= injections.reactivePowerKvar(far);
      kw[near] += kw[far];
      kvar[near] += kvar[far];
    }
    double[] voltages = new double[feeder.buses().size()];
    voltages[0] = feeder.sourceVoltagePu();
    for (Line line : feeder.lines()) {
      int near = positions.get(line.from());
      int far = positions.get(line.to());
      double drop = line.resistanceOhm() * kw[far] + line.reactanceOhm() * kvar[far];
      voltages[far] = Math.sqrt(voltages[near] * voltages[near] - 2 * drop / baseKva);
    }
    return voltages;
  }
}
