package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FeederTreeTest {

  @Test
  void sumsImpedancesAlongThePathBetweenTwoBuses() {
    Feeder feeder =
        feeder(4, List.of(line(0, 0, 1, 3, 4), line(1, 1, 2, 6, 8), line(2, 1, 3, 5, 12)));
    FeederTree tree = FeederTree.of(feeder);
    assertEquals(10 + 13, tree.impedanceOhm(bus(2), bus(3)));
    assertEquals(5 + 10, tree.impedanceOhm(bus(0), bus(2)));
    assertEquals(0, tree.impedanceOhm(bus(2), bus(2)));
    assertEquals(Optional.empty(), tree.feedingLine(bus(0)));
    assertThrows(IllegalArgumentException.class, () -> tree.pathToSource(bus(7)));
  }

  @Test
  void findsAWayToEveryBusOfACircuit() {
    Line inALoop = new Line(new LineId("c"), new BusId("b"), new BusId("s"), 1, 0, 1);
    Feeder circuit =
        new Feeder(
            "circuit",
            10,
            1,
            new VoltageLimits(0.9, 1.1),
            List.of(new BusId("s.1"), new BusId("s.2"), new BusId("r.1")),
            List.of(
                new Line(new LineId("a"), new BusId("s"), new BusId("a"), 3, 4, 1),
                new Line(new LineId("b"), new BusId("a"), new BusId("b"), 6, 8, 1),
                inALoop,
                new Line(new LineId("d"), new BusId("r"), new BusId("q"), 0, 2, 1)),
            List.of(),
            Optional.of("New Circuit.circuit"));
    FeederTree tree = FeederTree.within(circuit);
    assertEquals(5 + 1, tree.impedanceOhm(new BusId("a.1"), new BusId("b.1.2")));
    // A reactor leads to r, which is no branch.
    assertEquals(5 + 2, tree.impedanceOhm(new BusId("a"), new BusId("q.1")));
    assertThrows(IllegalArgumentException.class, () -> tree.pathToSource(new BusId("z")));
  }

  @RepeatedTest(20)
  void acceptsEveryRandomTreeAndDirectsItsLines(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int buses = 2 + random.nextInt(60);
    FeederTree tree = FeederTree.of(feeder(buses, randomTree(buses, random)));
    for (int b = 1; b < buses; b++) {
      List<Line> path = tree.pathToSource(bus(b));
      assertEquals(bus(b), path.get(0).to());
      assertEquals(bus(0), path.get(path.size() - 1).from());
      for (int i = 1; i < path.size(); i++) {
        assertEquals(path.get(i - 1).from(), path.get(i).to());
      }
    }
  }

  @RepeatedTest(20)
  void namesTheLoopThatAnyFurtherLineCloses(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int buses = 3 + random.nextInt(60);
    List<Line> lines = randomTree(buses, random);
    FeederTree tree = FeederTree.of(feeder(buses, lines));
    int one = random.nextInt(buses);
    int other = (one + 1 + random.nextInt(buses - 1)) % buses;
    Set<BusId> expected = new HashSet<>(List.of(bus(one), bus(other)));
    Set<Line> between = new HashSet<>(tree.pathToSource(bus(one)));
    tree.pathToSource(bus(other))
        .forEach(
            line -> {
              if (!between.remove(line)) {
                between.add(line);
              }
            });
    between.forEach(line -> expected.addAll(List.of(line.from(), line.to())));

    lines.add(line(buses, one, other, 1, 1));
    Feeder looped = feeder(buses, lines);
    FeederTree.Shape shape = FeederTree.shape(looped.sourceBus(), looped.buses(), looped.lines());
    assertEquals(1, shape.loops().size());
    assertEquals(expected, new HashSet<>(shape.loops().get(0)));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FeederTree.of(looped))
            .getMessage()
            .contains("loop"));
  }

  @RepeatedTest(20)
  void namesTheBusesThatAnyMissingLineCutsOff(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int buses = 2 + random.nextInt(60);
    List<Line> lines = randomTree(buses, random);
    FeederTree tree = FeederTree.of(feeder(buses, lines));
    Line missing = lines.remove(random.nextInt(lines.size()));
    Set<BusId> expected = new HashSet<>();
    for (int b = 0; b < buses; b++) {
      if (tree.pathToSource(bus(b)).stream().anyMatch(line -> line.id().equals(missing.id()))) {
        expected.add(bus(b));
      }
    }
    Feeder cut = feeder(buses, lines);
    FeederTree.Shape shape = FeederTree.shape(cut.sourceBus(), cut.buses(), cut.lines());
    assertEquals(expected, new HashSet<>(shape.unreached()));
    assertTrue(shape.loops().isEmpty());
  }

  /** Each bus hangs from an earlier one, lines in any order and direction. */
  private static List<Line> randomTree(int buses, Random random) {
    List<Line> lines = new ArrayList<>();
    for (int b = 1; b < buses; b++) {
      int parent = random.nextInt(b);
      boolean turned = random.nextBoolean();
      lines.add(
          line(
              b,
              turned ? b : parent,
              turned ? parent : b,
              random.nextDouble(),
              random.nextDouble()));
    }
    Collections.shuffle(lines, random);
    return lines;
  }

  private static Feeder feeder(int buses, List<Line> lines) {
    List<BusId> ids = IntStream.range(0, buses).mapToObj(FeederTreeTest::bus).toList();
    return new Feeder("random", 10, 1, new VoltageLimits(0.9, 1.1), ids, lines, List.of());
  }

  private static Line line(int id, int from, int to, double r, double x) {
    return new Line(new LineId("L" + id), bus(from), bus(to), r, x, 100);
  }

  private static BusId bus(int number) {
    return new BusId("b" + number);
  }
}
