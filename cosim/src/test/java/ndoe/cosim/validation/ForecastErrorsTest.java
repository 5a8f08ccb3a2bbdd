package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ndoe.cosim.powerflow.LinearPowerFlow;
import ndoe.cosim.validation.AcValidator.Progress;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.VoltageLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a feeder whose voltage is linear in what is drawn, so that shares are known. */
final class ForecastErrorsTest {
  private static final int DRAWS = 20_000;
  private static final double LOAD_KW = 100;

  /** How far the limit is from the forecast, in standard deviations of the voltage. */
  private static final double DISTANCE = 1.2816;

  private static SecurityCase loads(int number, double limitPu) {
    Feeder feeder =
        new Feeder(
            "two buses",
            0.4,
            1,
            new VoltageLimits(limitPu, 1.5),
            List.of(new BusId("source"), new BusId("end")),
            List.of(new Line(new LineId("L"), new BusId("source"), new BusId("end"), 1, 1, 1000)),
            List.of());
    List<PassiveLoad> passive = new ArrayList<>();
    for (int load = 0; load < number; load++) {
      passive.add(
          new PassiveLoad("B" + load, new BusId("end"), Profile.of(LOAD_KW), Profile.of(0)));
    }
    return new SecurityCase(
        feeder,
        passive,
        List.of(),
        List.of(),
        new EnvelopePlan(new Horizon(LocalDateTime.of(2016, 6, 21, 0, 0), 60, 1), List.of()),
        List.of(),
        0,
        42);
  }

  private static Examination examine(
      int loads, double standardDeviation, double correlation, double promised) {
    double dropPuPerKw = 1e-4;
    double sumDeviation =
        LOAD_KW
            * standardDeviation
            * Math.sqrt((1 - correlation) * loads + correlation * loads * loads);
    double limitPu = 1 - dropPuPerKw * (loads * LOAD_KW + DISTANCE * sumDeviation);
    AcValidator judge = new AcValidator(feeder -> new LinearPowerFlow(feeder, dropPuPerKw));
    return judge.examine(
        loads(loads, limitPu),
        Scrutiny.pointsOnly()
            .with(new ForecastErrors(DRAWS, standardDeviation, correlation, promised)),
        Progress.SILENT);
  }

  private static ForecastShare share(Examination examination, ErrorDistribution distribution) {
    return examination.forecastShares().stream()
        .filter(each -> each.distribution() == distribution)
        .filter(each -> each.point().equals("import-corner"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertShare(double expected, ForecastShare found) {
    double threeSigma = 3 * Math.sqrt(expected * (1 - expected) / DRAWS);
    assertEquals(expected, found.share(), threeSigma, found.toString());
    assertTrue(found.lowestShare() < found.share() && found.share() < found.highestShare());
  }

  @Test
  void breaksALimitAsOftenAsTheNormalDistributionSays() {
    assertShare(0.1, share(examine(4, 0.1, 0.3, 1), ErrorDistribution.NORMAL));
  }

  @Test
  void breaksALimitAsOftenAsStudentsDistributionSays() {
    // Distribution function with 4 degrees of freedom, at the distance times √2 for its variance.
    double t = DISTANCE * Math.sqrt(2);
    double root = Math.sqrt(1 + t * t / 4);
    double below = 0.5 + 0.375 * (t / root) * (1 - t * t / (12 * root * root));
    assertShare(1 - below, share(examine(4, 0.1, 0.3, 1), ErrorDistribution.HEAVY_TAILED));
  }

  @Test
  void breaksALimitAsOftenAsTheExponentialDistributionSays() {
    Examination oneLoad = examine(1, 0.1, 0, 1);
    assertShare(Math.exp(-1 - DISTANCE), share(oneLoad, ErrorDistribution.SKEWED_HIGH));
    assertEquals(0, share(oneLoad, ErrorDistribution.SKEWED_LOW).violated());
  }

  @Test
  void refusesOnlyWhatIsAboveThePromiseBeyondChance() {
    assertTrue(examine(4, 0.1, 0.3, 0.2).certified());

    Examination above = examine(4, 0.1, 0.3, 0.05);

    Violated violated = assertInstanceOf(Violated.class, above.verdict());
    Violation worst = violated.violations().get(0);
    assertEquals(Kind.FORECAST_RISK, worst.kind());
    assertEquals("end", worst.element());
    assertEquals(0.05, worst.limit());
    assertTrue(worst.point().contains("errors"), worst.point());
  }

  @Test
  void certifiesAShareAboveThePromiseThatMayBeChance() {
    ForecastShare share =
        new ForecastShare(ErrorDistribution.NORMAL, "plan", 480, 26, 0.05, 0, 0, "");
    assertTrue(share.abovePromise());
    assertFalse(share.breaksPromise());
  }

  @Test
  void statesWilsonsInterval() {
    ForecastShare tenth =
        new ForecastShare(ErrorDistribution.NORMAL, "plan", 100, 10, 0.05, 0, 0, "");
    assertEquals(0.0552, tenth.lowestShare(), 1e-4);
    assertEquals(0.1744, tenth.highestShare(), 1e-4);
    ForecastShare none =
        new ForecastShare(ErrorDistribution.NORMAL, "plan", 100, 0, 0.05, 0, 0, "");
    assertEquals(0, none.lowestShare());
    assertEquals(0.0370, none.highestShare(), 1e-4);
  }

  @ParameterizedTest
  @EnumSource(ErrorDistribution.class)
  void hasTheCovarianceItWasTold(ErrorDistribution distribution) {
    SplittableRandom random = new SplittableRandom(1);
    double[] errors = new double[2];
    int draws = 1_000_000;
    double[] sum = new double[2];
    double squares = 0;
    double product = 0;
    for (int draw = 0; draw < draws; draw++) {
      distribution.draw(errors, 0.05, 0.3, random);
      sum[0] += errors[0];
      sum[1] += errors[1];
      squares += errors[0] * errors[0];
      product += errors[0] * errors[1];
    }
    assertEquals(0, sum[0] / draws, 2e-4);
    assertEquals(0, sum[1] / draws, 2e-4);
    assertEquals(0.05, Math.sqrt(squares / draws), 1e-3);
    assertEquals(0.3, product / squares, 0.02);
  }
}
