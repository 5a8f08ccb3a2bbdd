package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.Ieee33;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import org.junit.jupiter.api.Test;

final class FeederScriptTest {
  private final Feeder feeder = Ieee33.atSourceVoltage(1.03);

  private Feeder withLine(int position, Line line) {
    List<Line> lines = new ArrayList<>(feeder.lines());
    lines.set(position, line);
    return new Feeder(
        feeder.name(),
        feeder.nominalVoltageKv(),
        feeder.sourceVoltagePu(),
        feeder.voltageLimits(),
        feeder.buses(),
        lines,
        feeder.loads());
  }

  private static Line line(String from, String to, double resistanceOhm, double reactanceOhm) {
    return new Line(
        new LineId("L"), new BusId(from), new BusId(to), resistanceOhm, reactanceOhm, 1000);
  }

  private static void assertRefused(Feeder feeder, String why) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> FeederScript.of(feeder, NetworkModel.THREE_PHASE));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  @Test
  void overridesEveryDefaultThatWouldChangeThePhysics() {
    List<String> script = FeederScript.of(feeder, NetworkModel.THREE_PHASE).lines().toList();

    List<String> lines = script.stream().filter(row -> row.startsWith("New Line.")).toList();
    List<String> loads = script.stream().filter(row -> row.startsWith("New Load.")).toList();
    assertEquals(32, lines.size());
    assertEquals(33, loads.size());
    lines.forEach(row -> assertTrue(row.contains("C1=0 C0=0"), row));
    loads.forEach(row -> assertTrue(row.contains("vminpu=0.4 vmaxpu=1.6"), row));
    assertTrue(script.get(1).contains("pu=1.03 R1=1e-8 X1=1e-7"), script.get(1));
    assertTrue(script.stream().anyMatch(row -> row.contains("Tolerance=1.0E-8")));
  }

  @Test
  void letsNoNameReachTheEngine() {
    Line hostile =
        new Line(
            new LineId("L\nredirect /dev/zero"), new BusId("1"), new BusId("2"), 0.1, 0.1, 1000);

    String script = FeederScript.of(withLine(0, hostile), NetworkModel.POSITIVE_SEQUENCE);

    assertFalse(script.contains("redirect"));
  }

  @Test
  void refusesAFeederWithAnIsland() {
    assertRefused(withLine(16, line("1", "17", 0.1, 0.1)), "without a path to the source: [18]");
  }

  @Test
  void refusesImpedancesThatCannotBeSolved() {
    assertRefused(withLine(3, line("4", "5", 0, 0)), "impedance");
    assertRefused(withLine(3, line("4", "5", -0.1, 0.5)), "impedance");
    assertRefused(withLine(3, line("4", "5", Double.NaN, 0.5)), "impedance");
    assertRefused(withLine(3, line("4", "5", 0.1, Double.POSITIVE_INFINITY)), "impedance");
  }

  @Test
  void refusesALineToNowhere() {
    assertRefused(withLine(3, line("4", "99", 0.1, 0.1)), "ends of line");
    assertRefused(withLine(3, line("4", "4", 0.1, 0.1)), "ends of line");
  }

  @Test
  void refusesASourceVoltageOutsideTheModel() {
    assertRefused(Ieee33.atSourceVoltage(0.3), "source voltage");
    assertRefused(Ieee33.atSourceVoltage(Double.NaN), "source voltage");
  }
}
