package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.powerflow.GridState;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;

/**
 * Voltage of one bus and phase; a line of {@code voltages.csv}.
 *
 * @param phase counted from 1
 * @param voltagePu magnitude, per unit
 */
public record VoltageRow(LocalDateTime intervalStart, BusId bus, int phase, double voltagePu) {

  /** Every bus and phase of a state; none for a state that did not converge. */
  public static List<VoltageRow> of(LocalDateTime intervalStart, Feeder feeder, GridState state) {
    List<VoltageRow> rows = new ArrayList<>();
    if (!state.converged()) {
      return rows;
    }
    for (int bus = 0; bus < feeder.buses().size(); bus++) {
      BusId name = feeder.buses().get(bus);
      for (int phase = 0; phase < state.phases(); phase++) {
        rows.add(
            new VoltageRow(
                intervalStart,
                name.withoutPhases(),
                feeder.isBalanced() ? phase + 1 : name.phase(),
                state.voltagePu(bus, phase)));
      }
    }
    return rows;
  }

  List<String> fields() {
    return List.of(
        intervalStart.toString(), bus.value(), String.valueOf(phase), CsvLog.number(voltagePu));
  }
}
