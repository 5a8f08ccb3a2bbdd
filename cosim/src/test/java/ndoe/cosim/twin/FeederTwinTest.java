package ndoe.cosim.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.twin.FeederTwin.Observation;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Violation;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

final class FeederTwinTest {
  private final FeederTwin twin =
      new FeederTwin(
          new LadderPowerFlow(EnvelopeCase.feeder()),
          EnvelopeCase.feeder(),
          EnvelopeCase.passiveLoads(),
          EnvelopeCase.connectionPoints(),
          EnvelopeCase.assets());

  private static Map<ProsumerId, Double> everybody(double netImportKw) {
    return EnvelopeCase.BUSES.stream()
        .map(EnvelopeCase::prosumerAt)
        .collect(Collectors.toMap(Function.identity(), prosumer -> netImportKw));
  }

  @Test
  void seesWhatTheJudgeSeesAtTheSamePowers() {
    GridState corner =
        new AcValidator(LadderPowerFlow::new)
            .corners(EnvelopeCase.modest().build())
            .atImport()
            .get(2);

    Observation observation = twin.observe(2, everybody(150));

    assertEquals(corner, observation.state());
    assertTrue(observation.violations().isEmpty());
  }

  @Test
  void listsWhatTheMeasuredPowersBreak() {
    Observation observation = twin.observe(1, everybody(-1000));

    Violation first =
        observation.violations().stream()
            .filter(each -> each.element().equals("18"))
            .findFirst()
            .orElseThrow();
    int bus18 = EnvelopeCase.feeder().buses().indexOf(new BusId("18"));
    assertEquals(
        new Violation(
            1, "measured", Kind.OVER_VOLTAGE, "18", observation.state().voltagePu(bus18, 0), 1.05),
        first);
  }

  @Test
  void refusesToGuessAMissingMeasurement() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> twin.observe(0, Map.of(EnvelopeCase.prosumerAt("18"), 1.0)));

    assertTrue(refusal.getMessage().contains("P22"), refusal.getMessage());
  }

  @Test
  void refusesAMeasurementThatIsNoNumber() {
    assertThrows(IllegalArgumentException.class, () -> twin.observe(0, everybody(Double.NaN)));
  }
}
