package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.Profile;
import ndoe.feeders.VoltageLimits;
import org.junit.jupiter.api.Test;

/** On a feeder of two buses: source ── 1000 kVA ── end. */
final class NetworkLimitsTest {
  private final Feeder feeder =
      new Feeder(
          "two buses",
          0.4,
          1,
          new VoltageLimits(0.95, 1.05),
          List.of(new BusId("source"), new BusId("end")),
          List.of(new Line(new LineId("cable"), new BusId("source"), new BusId("end"), 1, 1, 1000)),
          List.of());
  private final NetworkLimits limits = new NetworkLimits(feeder);

  private static GridState state(double loadingKva, double... voltagesPu) {
    return new GridState(
        true, voltagesPu.length / 2, Profile.of(voltagesPu), Profile.of(loadingKva), 0, 0);
  }

  @Test
  void findsNothingAtTheLimits() {
    assertEquals(List.of(), limits.check(state(1000, 0.95, 1.05), 0, "here"));
  }

  @Test
  void toleratesTheErrorOfThePowerFlowAndNoMore() {
    assertEquals(List.of(), limits.check(state(1000.0009, 0.9499991, 1.0500009), 0, "here"));

    assertEquals(3, limits.check(state(1000.0011, 0.9499989, 1.0500011), 0, "here").size());
  }

  @Test
  void reportsABusOnceWithItsWorstPhase() {
    GridState state = state(0, 1, 1, 1, 1.06, 1.07, 1.0);

    assertEquals(
        List.of(new Violation(4, "here", Kind.OVER_VOLTAGE, "end", 1.07, 1.05)),
        limits.check(state, 4, "here"));
  }

  @Test
  void reportsALineWithWhatItCarriesAndMayCarry() {
    assertEquals(
        List.of(new Violation(4, "here", Kind.LINE_RATING, "cable", 1200, 1000)),
        limits.check(state(1200, 1, 1), 4, "here"));
  }

  @Test
  void countsNaNAsViolation() {
    assertEquals(3, limits.check(state(Double.NaN, 1, Double.NaN), 4, "here").size());
  }

  @Test
  void reportsAStateWithoutSolutionAsOneViolation() {
    List<Violation> found = limits.check(GridState.notConverged(3), 4, "here");

    assertEquals(1, found.size());
    assertEquals(Kind.NOT_CONVERGED, found.get(0).kind());
    assertEquals("two buses", found.get(0).element());
  }
}
