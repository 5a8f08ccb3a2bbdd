package ndoe.controller.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ConvexProgramTest {
  private final ConvexProgram.Builder builder = new ConvexProgram.Builder();

  @Test
  void storesColumnsInOrderAndDropsWhatCancels() {
    Variable x = builder.variable("x", 0, 1);
    Variable y = builder.variable("y", 0, 1);
    Row first = builder.row("first", 0, 1);
    Row second = builder.row("second", 0, 1);
    second.add(x, 3).add(y, 4);
    first.add(y, 2).add(x, 1).add(y, -2);
    SparseMatrix matrix = builder.build().constraints;
    assertArrayEquals(new int[] {0, 2, 3}, matrix.start);
    assertArrayEquals(new int[] {0, 1, 1}, matrix.row);
    assertArrayEquals(new double[] {1, 3, 4}, matrix.value);
  }

  @Test
  void refusesChangesOnceBuilt() {
    Variable x = builder.variable("x", 0, 1);
    Row row = builder.row("row", 0, 1);
    builder.build();
    assertThrows(IllegalStateException.class, () -> row.add(x, 1));
    assertThrows(IllegalStateException.class, () -> builder.addConstant(1));
  }

  @Test
  void refusesBoundsThatLeaveNoValueAndNamesThem() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> builder.variable("soc", 2, 1));
    assertTrue(failure.getMessage().contains("soc"), failure::getMessage);
    assertThrows(IllegalArgumentException.class, () -> builder.row("row", Double.NaN, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.variable("x", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  @Test
  void acceptsBoundsThatCrossByRounding() {
    builder.variable("x", 0.1 + 0.2, 0.3);
    Bounds bounds = builder.build().numbers().variables;
    assertEquals(bounds.lower[0], bounds.upper[0]);
  }

  @Test
  void refusesCoefficientsThatAreNotFinite() {
    Variable x = builder.variable("x", 0, 1);
    Row row = builder.row("row", 0, 1);
    assertThrows(IllegalArgumentException.class, () -> row.add(x, Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> builder.addLinearCost(x, Double.POSITIVE_INFINITY));
  }
}
