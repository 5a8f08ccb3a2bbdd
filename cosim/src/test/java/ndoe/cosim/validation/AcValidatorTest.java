package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.validation.AcValidator.Progress;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.cosim.validation.Verdict.Certificate;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.BusId;
import ndoe.feeders.Dispatch;
import ndoe.feeders.Profile;
import org.junit.jupiter.api.Test;

final class AcValidatorTest {
  private final AcValidator validator = new AcValidator(LadderPowerFlow::new);

  private Violated violated(EnvelopeCase envelopeCase) {
    return assertInstanceOf(
        Violated.class, validator.validate(envelopeCase.build(), Scrutiny.pointsOnly()));
  }

  @Test
  void certifiesEnvelopesThatKeepEveryLimit() {
    EnvelopeCase modest = EnvelopeCase.modest().withDispatch("plan", 100, 0, -250);

    Certificate certificate =
        assertInstanceOf(
            Certificate.class, validator.validate(modest.build(), Scrutiny.pointsOnly()));

    assertEquals(3 * (2 + 1 + 20), certificate.pointsTried());
    assertTrue(certificate.lowestVoltagePu() > 0.95 && certificate.highestVoltagePu() < 1.05);
    assertTrue(certificate.highestLoadingFraction() > 0.1);
    assertTrue(certificate.highestLoadingFraction() < 1);
    assertEquals("ladder", certificate.engine());
    assertEquals(20, certificate.randomPoints());
    assertEquals(7, certificate.seed());
  }

  @Test
  void namesIntervalBusValueAndLimitOfAnOverVoltage() {
    Violated violated = violated(EnvelopeCase.modest().withEnvelope(1, 150, 1000));

    Violation worst = violated.violations().get(0);
    assertEquals(1, worst.interval());
    assertEquals("export-corner", worst.point());
    assertEquals(Kind.OVER_VOLTAGE, worst.kind());
    assertEquals("18", worst.element());
    assertEquals(1.05, worst.limit());
    assertTrue(worst.value() > 1.05 && worst.value() < 1.2);
    assertEquals(Set.of(1), intervalsOf(violated));
    assertEquals(3 * 22, violated.pointsTried());
  }

  @Test
  void reportsUnderVoltageAndOverloadAtTheImportCorner() {
    Violated violated =
        violated(EnvelopeCase.modest().withEnvelope(2, 1500, 0).withRandomPoints(0, 1));

    Violation overload = violated.violations().get(0);
    assertEquals("import-corner", overload.point());
    assertEquals(Kind.LINE_RATING, overload.kind());
    assertEquals("L1", overload.element());
    assertEquals(6000, overload.limit());
    assertEquals(7099, overload.value(), 1);
    Violation sag = violated.violations().get(1);
    assertEquals(Kind.UNDER_VOLTAGE, sag.kind());
    assertEquals("18", sag.element());
    assertEquals(0.95, sag.limit());
    assertEquals(Set.of(2), intervalsOf(violated));
  }

  @Test
  void countsAStateWithoutSolutionAsViolation() {
    Violated violated = violated(EnvelopeCase.modest().withEnvelope(0, 50_000, 0));

    assertEquals(Kind.NOT_CONVERGED, violated.violations().get(0).kind());
  }

  @Test
  void countsADispatchOutsideItsEnvelopeAsViolationEvenWhereTheFeederCanBearIt() {
    Violated violated =
        violated(EnvelopeCase.modest().withDispatch("sample-3", 0, 150.01, -300.01));

    assertEquals(6, violated.violations().size());
    Violation worst = violated.violations().get(0);
    assertEquals(Kind.OUTSIDE_ENVELOPE, worst.kind());
    assertEquals("sample-3", worst.point());
    assertEquals("P18", worst.element());
    assertEquals(150.01, worst.value());
    assertEquals(150, worst.limit());
    assertEquals(-300, violated.violations().get(5).limit());
    assertEquals(Set.of(1, 2), intervalsOf(violated));
  }

  @Test
  void forgivesADispatchTheRoundingOfWhatMadeIt() {
    EnvelopeCase rounded = EnvelopeCase.modest().withDispatch("plan", 0, 150.0009, -300.0009);

    assertInstanceOf(Certificate.class, validator.validate(rounded.build()));
  }

  @Test
  void givesTheSameVerdictWithAnyNumberOfThreads() {
    SecurityCase broken = EnvelopeCase.modest().withEnvelope(1, 150, 1000).build();
    SecurityCase sound = EnvelopeCase.modest().build();

    for (int threads : List.of(1, 2, 3, 8)) {
      AcValidator other = new AcValidator(LadderPowerFlow::new, threads);
      assertEquals(validator.validate(broken), other.validate(broken));
      assertEquals(validator.validate(sound), other.validate(sound));
      assertEquals(
          validator.examine(broken, everything(), Progress.SILENT),
          other.examine(broken, everything(), Progress.SILENT));
      assertEquals(validator.corners(sound), other.corners(sound));
    }
  }

  @Test
  void triesOtherRandomPointsWithAnotherSeed() {
    EnvelopeCase broken = EnvelopeCase.modest().withEnvelope(1, 150, 1000);

    List<Violation> first = violated(broken.withRandomPoints(50, 1)).violations();

    assertEquals(first, violated(broken.withRandomPoints(50, 1)).violations());
    assertNotEquals(first, violated(broken.withRandomPoints(50, 2)).violations());
  }

  @Test
  void exceedsTheCornersNowhereAtRandomPoints() {
    EnvelopeCase wide = EnvelopeCase.modest().withEnvelope(1, 300, 1000);
    List<Violation> violations = violated(wide.withRandomPoints(500, 3)).violations();

    double atCorner = worstVoltage(violations, "export-corner");
    double atRandomPoints = worstVoltage(violations, "random");

    assertTrue(atRandomPoints > 1.05, "no random point came near");
    assertTrue(atRandomPoints <= atCorner + 1e-9);
  }

  @Test
  void handsOutTheStatesAtBothCorners() {
    SecurityCase securityCase = EnvelopeCase.modest().withEnvelope(1, 0, 0).build();

    CornerStates corners = validator.corners(securityCase);

    int bus18 = securityCase.feeder().buses().indexOf(new BusId("18"));
    assertEquals(3, corners.atImport().size());
    assertTrue(
        corners.atImport().get(0).voltagePu(bus18, 0)
            < corners.atExport().get(0).voltagePu(bus18, 0));
    assertEquals(corners.atImport().get(1), corners.atExport().get(1));
  }

  @Test
  void tellsHowFarItIs() {
    List<Integer> heard = new ArrayList<>();

    validator.examine(
        EnvelopeCase.modest().build(),
        Scrutiny.standard(),
        (intervals, ofIntervals) -> {
          heard.add(intervals);
          assertEquals(3, ofIntervals);
        });

    assertEquals(List.of(1, 2, 3), heard);
  }

  @Test
  void refusesACaseWhosePartsDoNotFit() {
    SecurityCase sound = EnvelopeCase.modest().build();
    Dispatch incomplete = new Dispatch("half", Map.of());

    assertRefused(withDispatch(sound, incomplete), "half leaves out P18");
    Dispatch shortOne =
        new Dispatch(
            "short",
            EnvelopeCase.BUSES.stream()
                .collect(Collectors.toMap(EnvelopeCase::prosumerAt, bus -> Profile.of(1))));
    assertRefused(withDispatch(sound, shortOne), "short of P18 has 1 intervals");
    assertRefused(
        EnvelopeCase.modest().withDispatch("nan", 0, Double.NaN, 0).build(), "must be finite");
    assertRefused(
        EnvelopeCase.modest().withEnvelope(0, Double.POSITIVE_INFINITY, 0).build(),
        "without limit");
  }

  @Test
  void passesOnWhatAPowerFlowThrows() {
    AcValidator broken =
        new AcValidator(
            feeder -> {
              throw new UnsupportedOperationException("no engine today");
            });

    UnsupportedOperationException thrown =
        assertThrows(
            UnsupportedOperationException.class,
            () -> broken.validate(EnvelopeCase.modest().build()));

    assertEquals("no engine today", thrown.getMessage());
  }

  private static Scrutiny everything() {
    return new Scrutiny(0.3, 2, new ForecastErrors(5, 0.1, 0.3, 0.05), Outages.REFUSED);
  }

  private void assertRefused(SecurityCase securityCase, String why) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> validator.validate(securityCase));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  private static SecurityCase withDispatch(SecurityCase of, Dispatch dispatch) {
    return new SecurityCase(
        of.feeder(),
        of.passiveLoads(),
        of.connectionPoints(),
        of.assets(),
        of.envelopes(),
        List.of(dispatch),
        of.randomPoints(),
        of.seed());
  }

  private static Set<Integer> intervalsOf(Violated violated) {
    return violated.violations().stream().map(Violation::interval).collect(Collectors.toSet());
  }

  private static double worstVoltage(List<Violation> violations, String pointPrefix) {
    return violations.stream()
        .filter(each -> each.kind() == Kind.OVER_VOLTAGE && each.point().startsWith(pointPrefix))
        .mapToDouble(Violation::value)
        .max()
        .orElse(0);
  }
}
