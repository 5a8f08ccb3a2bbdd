package ndoe.cosim.validation;

import static ndoe.cosim.PeerRows.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ndoe.cosim.PeerRows;
import ndoe.cosim.UnbalancedDays;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.GridState;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Feeder;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

/** Both corners of the reference day’s envelopes against pandapower; see the README beside them. */
final class ReferenceCornersIT {
  private static final String FOLDER = "pandapower-envelopes/";
  private static final Path FILES = Path.of("src", "test", "resources", "peers", FOLDER);

  private final Scenario scenario = UnbalancedDays.reference();
  private final Feeder feeder = scenario.feeder();

  @Test
  void areWhatAnIndependentProgramFinds() {
    CornerStates corners =
        new AcValidator(OpenDssPowerFlow::positiveSequence)
            .corners(
                new SecurityCase(
                    feeder,
                    scenario.passiveLoads(),
                    scenario.connectionPoints(),
                    AssetScheduleFile.read(FILES.resolve("dso-assets.csv"), scenario),
                    EnvelopePlanFile.read(FILES.resolve("envelopes.csv"), scenario),
                    List.of(),
                    0,
                    1));

    assertAsExpected("import", corners.atImport());
    assertAsExpected("export", corners.atExport());
  }

  private void assertAsExpected(String corner, List<GridState> states) {
    PeerRows voltages = PeerRows.of(FOLDER + "voltages.csv").where("corner", corner);
    PeerRows lines = PeerRows.of(FOLDER + "lines.csv").where("corner", corner);
    PeerRows losses = PeerRows.of(FOLDER + "losses.csv").where("corner", corner);
    assertEquals(24, states.size());
    for (int interval = 0; interval < states.size(); interval++) {
      GridState state = states.get(interval);
      String start = scenario.horizon().startOf(interval).toString();
      assertTrue(state.converged(), start);
      List<Map<String, String>> ofBuses = voltages.where("interval_start", start).rows();
      assertEquals(33, ofBuses.size());
      for (Map<String, String> row : ofBuses) {
        int bus = feeder.busPositions().get(new BusId(row.get("bus")));
        assertEquals(number(row, "voltage_pu"), state.voltagePu(bus, 0), 1e-8, row::toString);
      }
      for (int line = 0; line < feeder.lines().size(); line++) {
        Map<String, String> row =
            lines
                .where("interval_start", start)
                .where("to_bus", feeder.lines().get(line).to().value())
                .rows()
                .get(0);
        assertEquals(
            number(row, "loading_kva"), state.lineLoadingKva().at(line), 1e-4, row::toString);
      }
      Map<String, String> row = losses.where("interval_start", start).rows().get(0);
      assertEquals(number(row, "losses_kw"), state.lossesKw(), 1e-4, start);
      assertEquals(number(row, "losses_kvar"), state.lossesKvar(), 1e-4, start);
    }
  }
}
