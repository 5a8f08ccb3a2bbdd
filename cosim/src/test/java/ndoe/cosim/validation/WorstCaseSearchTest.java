package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.AcValidator.Progress;
import ndoe.cosim.validation.EnvelopePoints.Choice;
import ndoe.cosim.validation.Verdict.Certificate;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Profile;
import org.junit.jupiter.api.Test;

final class WorstCaseSearchTest {
  private final AcValidator validator = new AcValidator(LadderPowerFlow::new);

  /** One prosumer draws reactive power when it feeds in so much that it lowers the voltage. */
  private static SecurityCase withOppositePowerFactors(double kw) {
    SecurityCase modest =
        EnvelopeCase.modest()
            .withRandomPoints(0, 7)
            .withEnvelope(0, kw, kw)
            .withEnvelope(1, kw, kw)
            .withEnvelope(2, kw, kw)
            .build();
    List<ConnectionPoint> points = new ArrayList<>(modest.connectionPoints());
    ConnectionPoint last = points.get(2);
    points.set(
        2,
        new ConnectionPoint(
            last.prosumer(),
            last.bus(),
            -3,
            last.importCapacityKw(),
            last.exportCapacityKw(),
            last.defaultEnvelope()));
    return new SecurityCase(
        modest.feeder(),
        modest.passiveLoads(),
        points,
        modest.assets(),
        modest.envelopes(),
        List.of(),
        0,
        7);
  }

  @Test
  void findsAMixedVertexThatIsWorseThanBothCorners() {
    SecurityCase securityCase = withOppositePowerFactors(650);

    assertInstanceOf(Certificate.class, validator.validate(securityCase, Scrutiny.pointsOnly()));
    Violated violated =
        assertInstanceOf(Violated.class, validator.validate(securityCase, Scrutiny.standard()));

    Violation worst = violated.violations().get(0);
    assertEquals("worst-case", worst.point());
    long places =
        violated.violations().stream()
            .map(v -> v.interval() + " " + v.kind() + v.element())
            .distinct()
            .count();
    assertEquals(places, violated.violations().size());
  }

  @Test
  void findsWhatTryingEveryVertexFinds() {
    for (double freedom : new double[] {0, 0.4}) {
      SecurityCase securityCase = withOppositePowerFactors(250);
      Scrutiny scrutiny = Scrutiny.standard().withReactiveFreedom(freedom);

      Examination found = validator.examine(securityCase, scrutiny, Progress.SILENT);

      Extremes everything = everyVertex(securityCase, freedom, 0);
      for (Kind kind : List.of(Kind.UNDER_VOLTAGE, Kind.OVER_VOLTAGE, Kind.LINE_RATING)) {
        WorstValue expected = everything.worst(kind, 0).orElseThrow();
        WorstValue actual = worst(found, kind);
        assertEquals(expected.value(), actual.value(), 1e-9, kind + " at freedom " + freedom);
        assertEquals(expected.element(), actual.element());
      }
    }
  }

  private static WorstValue worst(Examination found, Kind kind) {
    return switch (kind) {
      case UNDER_VOLTAGE -> found.lowestVoltage().orElseThrow();
      case OVER_VOLTAGE -> found.highestVoltage().orElseThrow();
      default -> found.highestLoading().orElseThrow();
    };
  }

  private static Extremes everyVertex(SecurityCase securityCase, double freedom, int interval) {
    EnvelopePoints points = new EnvelopePoints(securityCase, freedom);
    LimitLevels levels = new LimitLevels(securityCase.feeder());
    Extremes extremes = new Extremes(levels);
    IntervalJudge judge = new IntervalJudge(securityCase, Scrutiny.pointsOnly());
    PowerFlow powerFlow = new LadderPowerFlow(securityCase.feeder());
    Trial trial = new Trial(interval, powerFlow, judge.use());
    for (Choice first : points.choices(0, interval)) {
      for (Choice second : points.choices(1, interval)) {
        for (Choice third : points.choices(2, interval)) {
          Exchange exchange =
              new Exchange(
                  new double[] {first.kw(), second.kw(), third.kw()},
                  new double[] {first.kvar(), second.kvar(), third.kvar()});
          double[] here = new double[levels.size()];
          levels.of(trial.solve(exchange), here);
          extremes.add(here, "vertex", exchange);
        }
      }
    }
    return extremes;
  }

  @Test
  void usesTheReactiveFreedomOfInverters() {
    SecurityCase securityCase =
        EnvelopeCase.modest().withEnvelope(2, 500, 300).withRandomPoints(0, 1).build();

    Examination fixed = validator.examine(securityCase, Scrutiny.standard(), Progress.SILENT);
    Examination free =
        validator.examine(
            securityCase, Scrutiny.standard().withReactiveFreedom(0.5), Progress.SILENT);

    assertTrue(fixed.certified());
    assertTrue(free.lowestVoltage().orElseThrow().margin() < 0, free.toString());
    OperatingPoint point = free.lowestVoltage().orElseThrow().point();
    assertEquals(Profile.of(500, 500, 500), point.netImportKw());
    assertEquals(Profile.of(250, 250, 250), point.reactivePowerKvar());
  }

  @Test
  void drawsRandomPointsInsideTheReactiveFreedom() {
    SecurityCase securityCase = EnvelopeCase.modest().build();
    EnvelopePoints points = new EnvelopePoints(securityCase, 0.3);
    var random = points.random(0);
    double widest = 0;
    for (int number = 0; number < 200; number++) {
      Exchange exchange = points.random(number, 0, random);
      for (int point = 0; point < 3; point++) {
        double kw = Math.abs(exchange.netImportKw()[point]);
        double ratio = Math.abs(exchange.reactivePowerKvar()[point]) / kw;
        widest = Math.max(widest, ratio);
      }
    }
    assertEquals(0.3, widest, 1e-9);
  }

  @Test
  void countsAVertexWithoutSolutionAsViolationOncePerInterval() {
    assertRefusedAtMixedVertex(state -> GridState.notConverged(1));
  }

  @Test
  void countsAVertexWithoutNumbersAsViolation() {
    assertRefusedAtMixedVertex(
        state ->
            new GridState(
                true, 1, state.voltagesPu().map(v -> Double.NaN), state.lineLoadingKva(), 0, 0));
  }

  /** A feeder that fails where some feed in and others draw, and nowhere else. */
  private static void assertRefusedAtMixedVertex(UnaryOperator<GridState> failure) {
    AcValidator failing = new AcValidator(failingWhenMixed(failure));
    SecurityCase securityCase = EnvelopeCase.modest().withRandomPoints(0, 7).build();

    assertInstanceOf(Certificate.class, failing.validate(securityCase, Scrutiny.pointsOnly()));
    Violated violated = assertInstanceOf(Violated.class, failing.validate(securityCase));

    assertEquals(3, violated.violations().size());
    Violation worst = violated.violations().get(0);
    assertEquals(Kind.NOT_CONVERGED, worst.kind());
    assertEquals("worst-case", worst.point());
  }

  private static Function<Feeder, PowerFlow> failingWhenMixed(UnaryOperator<GridState> failure) {
    return feeder -> {
      PowerFlow ladder = new LadderPowerFlow(feeder);
      int bus22 = EnvelopeCase.feeder().busPositions().get(new BusId("22"));
      int bus33 = EnvelopeCase.feeder().busPositions().get(new BusId("33"));
      return new PowerFlow() {
        @Override
        public GridState solve(Injections injections) {
          GridState state = ladder.solve(injections);
          boolean mixed = injections.activePowerKw(bus22) * injections.activePowerKw(bus33) < 0;
          return mixed ? failure.apply(state) : state;
        }

        @Override
        public String engine() {
          return "failing";
        }

        @Override
        public void close() {
          ladder.close();
        }
      };
    };
  }
}
