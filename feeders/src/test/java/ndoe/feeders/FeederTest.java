package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeederTest {
  private static final VoltageLimits LIMITS = new VoltageLimits(0.9, 1.1);

  /** Nodes 0 to 7, two loads. */
  private static final Feeder CIRCUIT =
      new Feeder(
          "circuit",
          4.16,
          1,
          LIMITS,
          buses("grid.1", "grid.2", "grid.3", "671.1", "671.2", "671.3", "1.1", "684.3"),
          List.of(),
          List.of(load("a", "671.1.2.3"), load("b", "684.3")),
          Optional.of("New Circuit.circuit"));

  private static final Feeder BALANCED =
      new Feeder("balanced", 10, 1, LIMITS, buses("1", "1.1"), List.of(), List.of());

  private static List<BusId> buses(String... names) {
    return List.of(names).stream().map(BusId::new).toList();
  }

  private static Load load(String name, String bus) {
    return new Load(name, new BusId(bus), 1, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "671, 3 4 5",
    "671.1, 3",
    "671.1.3, 3 5",
    "671.3.1, 3 5",
    "GRID, 0 1 2",
    "Grid.2, 1",
    "1, 6",
    "1.1, 6",
    "684, 7"
  })
  void findsTheNodesOfAPlace(String place, String positions) {
    int[] expected = List.of(positions.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    assertArrayEquals(expected, CIRCUIT.at(new BusId(place)));
    assertArrayEquals(expected, CIRCUIT.requireAt(new BusId(place), "somebody"));
  }

  @ParameterizedTest
  @CsvSource({
    "67", "6711", "671.4", "671.1.4", "684.1", "684.1.3", "1.1.1", "671.x", "671.", ".", ".1"
  })
  void findsNothingWhereNothingIs(String place) {
    assertArrayEquals(new int[0], CIRCUIT.at(new BusId(place)));
    assertEquals(
        "P1 is at bus %s, which the feeder does not have".formatted(place),
        assertThrows(
                IllegalArgumentException.class, () -> CIRCUIT.requireAt(new BusId(place), "P1"))
            .getMessage());
  }

  @Test
  void takesABusOfABalancedFeederByItsWholeName() {
    assertArrayEquals(new int[] {1}, BALANCED.at(new BusId("1.1")));
    assertArrayEquals(new int[] {0}, BALANCED.at(new BusId("1")));
    assertArrayEquals(new int[0], BALANCED.at(new BusId("1.2")));
  }

  @Test
  void keepsTheLoadsOfACircuitApartFromItsNodes() {
    assertEquals(10, CIRCUIT.terminals());
    assertArrayEquals(new int[] {9}, CIRCUIT.terminalsOf(passive("b", "684.3")));
    assertEquals(
        "the circuit has no load c",
        assertThrows(
                IllegalArgumentException.class, () -> CIRCUIT.terminalsOf(passive("c", "684.3")))
            .getMessage());
    assertEquals(2, BALANCED.terminals());
    assertArrayEquals(new int[] {1}, BALANCED.terminalsOf(passive("c", "1.1")));
  }

  private static PassiveLoad passive(String name, String bus) {
    return new PassiveLoad(name, new BusId(bus), Profile.of(1), Profile.of(0));
  }
}
