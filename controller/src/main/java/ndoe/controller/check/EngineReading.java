package ndoe.controller.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Load;
import ndoe.feeders.ScriptComparison;

/** Whether OpenDSS, given the script of a balanced feeder, has the feeder that was read here. */
final class EngineReading {
  /** What rounding in two power flows explains. */
  private static final double TOLERANCE_PU = 1e-6;

  private EngineReading() {}

  /**
   * In what the two differ, one line each: names, loads, and the voltages at nominal load, in which
   * every impedance tells.
   *
   * @param feeder balanced
   */
  static List<String> differences(Path script, Feeder feeder) {
    ScriptComparison comparison = ScriptComparison.of(script, feeder);
    if (!comparison.differences().isEmpty() || comparison.engines().isEmpty()) {
      return comparison.differences();
    }
    return voltages(feeder, comparison.engines().get()).map(List::of).orElse(List.of());
  }

  private static Optional<String> voltages(Feeder here, Feeder engines) {
    GridState own = atNominalLoad(here);
    GridState script = atNominalLoad(engines);
    if (!own.converged() || !script.converged()) {
      return own.converged() == script.converged()
          ? Optional.of("neither has a solution at nominal load")
          : Optional.of("only one of the two has a solution at nominal load");
    }
    List<BusId> buses = here.buses();
    double largest = 0;
    String where = "";
    for (int node = 0; node < engines.buses().size(); node++) {
      String bus = engines.buses().get(node).withoutPhases().value();
      int at = 0;
      while (!buses.get(at).value().equalsIgnoreCase(bus)) {
        at++;
      }
      double off = Math.abs(script.voltagePu(node, 0) - own.voltagePu(at, 0));
      // Written so that NaN is a difference too.
      if (!(off <= largest)) {
        largest = off;
        where = buses.get(at).value();
      }
    }
    return largest <= TOLERANCE_PU
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "at nominal load the voltage of bus %s differs by %.6f pu",
                where,
                largest));
  }

  private static GridState atNominalLoad(Feeder feeder) {
    try (PowerFlow powerFlow = OpenDssPowerFlow.threePhase(feeder)) {
      Injections injections = new Injections(feeder.terminals());
      for (int each = 0; each < feeder.loads().size(); each++) {
        Load load = feeder.loads().get(each);
        int[] terminals =
            feeder.isBalanced()
                ? feeder.requireAt(load.bus(), load.name())
                : new int[] {feeder.buses().size() + each};
        injections.share(terminals, -load.activePowerKw(), -load.reactivePowerKvar());
      }
      return powerFlow.solve(injections);
    }
  }
}
