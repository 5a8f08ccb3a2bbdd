package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.study.ComparedCase;
import ndoe.controller.study.SyntheticComparison;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private static final List<String> LINES =
      ComparisonTable.lines(
          SyntheticComparison.of(ReferenceDay.scenario(), EnumSet.allOf(ComparedCase.class)));

  @Test
  void fitsAHundredColumns() {
    LINES.forEach(line -> assertTrue(line.length() <= 100, line.length() + ": " + line));
  }

  @Test
  void hasALineForEveryCaseUnderItsHeading() {
    assertEquals(2 + ComparedCase.values().length, LINES.size());
    assertTrue(LINES.get(0).startsWith("                network prosumers"), LINES.get(0));
    String p2p = LINES.get(3);
    assertTrue(p2p.matches("p2p +137\\.0 +6108\\.0 +6245\\.0 +800 +0( +123456){3} +.*"), p2p);
    String central = LINES.get(7);
    assertTrue(central.matches("central .* 0 +0 +0 +68\\.0 +5 +0\\.030 +12\\.3"), central);
  }
}
