package ndoe.cosim.opendss;

import ndoe.cosim.powerflow.Injections;
import ndoe.feeders.Feeder;
import ndoe.feeders.Load;

/** Injections of a feeder whose loads the engine holds. */
final class CircuitLoads {
  private CircuitLoads() {}

  /** Every load of the circuit at this multiple of its nominal power, and nothing at nodes. */
  static Injections times(Feeder feeder, double multiplier) {
    Injections injections = new Injections(feeder.terminals());
    int terminal = feeder.buses().size();
    for (Load load : feeder.loads()) {
      injections.add(
          terminal++, -multiplier * load.activePowerKw(), -multiplier * load.reactivePowerKvar());
    }
    return injections;
  }
}
