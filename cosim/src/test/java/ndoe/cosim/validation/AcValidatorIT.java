package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.validation.AcValidator.Progress;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.cosim.validation.Verdict.Certificate;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.cosim.validation.Violation.Kind;
import org.junit.jupiter.api.Test;

/** The judge with the engine it is meant for. */
final class AcValidatorIT {
  private static final AcValidator SINGLE = new AcValidator(OpenDssPowerFlow::positiveSequence);
  private static final AcValidator THREE = new AcValidator(OpenDssPowerFlow::threePhase);
  private static final AcValidator INDEPENDENT = new AcValidator(LadderPowerFlow::new);

  @Test
  void certifiesWithTheNameOfTheEngine() {
    Certificate certificate =
        assertInstanceOf(Certificate.class, SINGLE.validate(EnvelopeCase.modest().build()));

    assertTrue(certificate.engine().startsWith("OpenDSS"), certificate.engine());
    assertTrue(certificate.pointsTried() > 66);
  }

  @Test
  void findsTheSameViolationsAsWithAnIndependentPowerFlow() {
    SecurityCase broken =
        EnvelopeCase.modest()
            .withEnvelope(1, 1500, 1000)
            .withDispatch("sample", 0, 700, -400)
            .withRandomPoints(200, 5)
            .build();

    List<String> expected = places(INDEPENDENT.validate(broken));

    assertTrue(expected.size() > 100, "only " + expected.size());
    assertEquals(expected, places(SINGLE.validate(broken)));
    assertEquals(expected, places(THREE.validate(broken)));
  }

  @Test
  void refusesACollapsedFeederAndGoesOn() {
    Violated violated =
        assertInstanceOf(
            Violated.class,
            SINGLE.validate(EnvelopeCase.modest().withEnvelope(0, 20_000, 0).build()));

    assertEquals(Kind.NOT_CONVERGED, violated.violations().get(0).kind());
    assertTrue(violated.pointsTried() > 66);
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    SecurityCase broken = EnvelopeCase.modest().withEnvelope(1, 150, 1000).build();

    assertEquals(
        SINGLE.validate(broken),
        new AcValidator(OpenDssPowerFlow::positiveSequence, 1).validate(broken));
  }

  @Test
  void examinesAlikeWithAnyNumberOfThreads() {
    SecurityCase tight = EnvelopeCase.modest().withEnvelope(1, 600, 400).build();
    Scrutiny everything =
        new Scrutiny(0.2, 2, new ForecastErrors(10, 0.1, 0.3, 0.05), Outages.REPORTED);

    Examination two = SINGLE.examine(tight, everything, Progress.SILENT);

    for (int threads : List.of(1, 3)) {
      AcValidator other = new AcValidator(OpenDssPowerFlow::positiveSequence, threads);
      assertEquals(two, other.examine(tight, everything, Progress.SILENT));
    }
  }

  @Test
  void findsTheSameWorstCaseAsWithAnIndependentPowerFlow() {
    SecurityCase tight = EnvelopeCase.modest().withEnvelope(1, 600, 400).build();
    Scrutiny free = Scrutiny.standard().withReactiveFreedom(0.3);

    WorstValue expected =
        INDEPENDENT.examine(tight, free, Progress.SILENT).lowestVoltage().orElseThrow();
    WorstValue found = SINGLE.examine(tight, free, Progress.SILENT).lowestVoltage().orElseThrow();

    assertEquals("worst-case", found.point().name());
    assertEquals(expected.element(), found.element());
    assertEquals(expected.point(), found.point());
    assertEquals(expected.value(), found.value(), 1e-6);
  }

  private static List<String> places(Verdict verdict) {
    return assertInstanceOf(Violated.class, verdict).violations().stream()
        .map(each -> each.interval() + each.point() + each.kind() + each.element())
        .sorted()
        .collect(Collectors.toList());
  }
}
