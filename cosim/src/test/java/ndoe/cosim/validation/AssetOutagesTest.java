package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.validation.AcValidator.Progress;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.Profile;
import org.junit.jupiter.api.Test;

final class AssetOutagesTest {
  private final AcValidator validator = new AcValidator(LadderPowerFlow::new);

  /** Secure at the import limit only thanks to a compensator that supports the far end. */
  private static SecurityCase leaningOnACompensator() {
    SecurityCase leaning =
        EnvelopeCase.modest().withEnvelope(1, 600, 100).withRandomPoints(5, 1).build();
    return new SecurityCase(
        leaning.feeder(),
        leaning.passiveLoads(),
        leaning.connectionPoints(),
        List.of(
            new AssetSchedule("SVC18", new BusId("18"), Profile.of(0, 0, 0), Profile.of(0, 500, 0)),
            new AssetSchedule(
                "SVC22", new BusId("22"), Profile.of(0, 0, 0), Profile.of(10, 10, 10))),
        leaning.envelopes(),
        List.of(),
        5,
        1);
  }

  private Examination examine(Outages outages) {
    return validator.examine(
        leaningOnACompensator(), Scrutiny.standard().with(outages), Progress.SILENT);
  }

  @Test
  void reportsWhatTheLossOfAnAssetBreaks() {
    Examination examination = examine(Outages.REPORTED);

    assertTrue(examination.certified(), examination.toString());
    assertEquals(3 * 2 * 2, examination.tried().outages());
    Outage lost = examination.outages().get(0);
    assertEquals("SVC18", lost.asset());
    Violation worst = lost.violations().get(0);
    assertEquals("import-corner without SVC18", worst.point());
    assertEquals(1, worst.interval());
    assertEquals(Violation.Kind.UNDER_VOLTAGE, worst.kind());
    assertEquals(List.of(), examination.outages().get(1).violations());
  }

  @Test
  void refusesOnlyWhenAsked() {
    assertTrue(examine(Outages.IGNORED).certified());
    assertEquals(List.of(), examine(Outages.IGNORED).outages());
    Violated violated = assertInstanceOf(Violated.class, examine(Outages.REFUSED).verdict());
    assertEquals("import-corner without SVC18", violated.violations().get(0).point());
  }
}
