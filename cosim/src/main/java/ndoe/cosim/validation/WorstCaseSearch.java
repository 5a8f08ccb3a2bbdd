package ndoe.cosim.validation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.EnvelopePoints.Choice;
import ndoe.cosim.validation.Violation.Kind;

/**
 * Looks for the operating point of one interval that is worst for each limit: lowest and highest
 * voltage of every bus, highest loading of every line. Every connection point is at its import
 * limit, its export limit or zero, with its reactive power at its tan φ or at either end of its
 * freedom; every state solved counts for all limits.
 *
 * <ol>
 *   <li>From each corner, every connection point is moved alone to each of its choices. What was
 *       best for a limit, point by point, makes a vertex of its own; each is tried. If levels were
 *       the sum of what each point adds, this would be the worst case of every limit.
 *   <li>From the worst state known of the tightest limits, and for the tightest of each kind from
 *       random vertices, one connection point after the other is moved to its worst choice until
 *       none makes it worse.
 * </ol>
 *
 * <p>This is a search, not a proof: voltage and loading are almost, but not exactly, monotone in
 * what one point draws while the others stand still, and the ascent may end at a point that no
 * single move makes worse. What it finds is really there.
 */
final class WorstCaseSearch {
  static final String NAME = "worst-case";

  private static final List<Kind> KINDS =
      List.of(Kind.UNDER_VOLTAGE, Kind.OVER_VOLTAGE, Kind.LINE_RATING);

  /** Limits of each kind, tightest first, for which a vertex is composed. */
  private static final int COMPOSED_PER_KIND = 40;

  /** Limits of each kind, tightest first, that are climbed for. */
  private static final int CLIMBED_PER_KIND = 3;

  /** More sweeps than an ascent ever took; each makes the limit strictly worse. */
  private static final int MOST_SWEEPS = 20;

  private final Trial trial;
  private final LimitLevels limits;
  private final Extremes extremes;
  private final List<List<Choice>> choices = new ArrayList<>();
  private final Map<ByteBuffer, double[]> known = new HashMap<>();
  private boolean allSolved = true;

  /**
   * @param extremes what was found before, and where to put what is worse
   */
  WorstCaseSearch(Trial trial, EnvelopePoints points, LimitLevels limits, Extremes extremes) {
    this.trial = trial;
    this.limits = limits;
    this.extremes = extremes;
    for (int point = 0; point < points.connectionPoints(); point++) {
      choices.add(points.choices(point, trial.interval()));
    }
  }

  /** Searches from the corners and this many random vertices; returns the states solved. */
  int run(int randomStarts, SplittableRandom random) {
    byte[] importCorner = new byte[choices.size()];
    byte[] exportCorner = new byte[choices.size()];
    for (int point = 0; point < exportCorner.length; point++) {
      exportCorner[point] = (byte) Math.min(1, choices.get(point).size() - 1);
    }
    compose(importCorner);
    compose(exportCorner);
    List<byte[]> starts = new ArrayList<>();
    for (int start = 0; start < randomStarts; start++) {
      starts.add(randomVertex(random));
    }
    for (Kind kind : KINDS) {
      List<Integer> tightest = tightest(kind, CLIMBED_PER_KIND);
      tightest.forEach(limit -> climb(limit, worstKnown(limit)));
      if (!tightest.isEmpty()) {
        starts.forEach(start -> climb(tightest.get(0), start.clone()));
      }
    }
    return known.size();
  }

  /** Whether every state had a solution in numbers. */
  boolean allSolved() {
    return allSolved;
  }

  private byte[] randomVertex(SplittableRandom random) {
    byte[] vertex = new byte[choices.size()];
    for (int point = 0; point < vertex.length; point++) {
      vertex[point] = (byte) random.nextInt(choices.get(point).size());
    }
    return vertex;
  }

  /** Moves every point alone and tries, for each limit, the best moves together. */
  private void compose(byte[] corner) {
    double[] atCorner = levels(corner);
    int size = limits.size();
    byte[][] composed = new byte[size][];
    Arrays.setAll(composed, limit -> corner.clone());
    for (int point = 0; point < corner.length; point++) {
      double[] best = atCorner.clone();
      for (byte choice = 0; choice < choices.get(point).size(); choice++) {
        double[] moved = levels(with(corner, point, choice));
        for (int limit = 0; limit < size; limit++) {
          if (moved[limit] > best[limit]) {
            best[limit] = moved[limit];
            composed[limit][point] = choice;
          }
        }
      }
    }
    Map<ByteBuffer, byte[]> vertices = new LinkedHashMap<>();
    for (Kind kind : KINDS) {
      tightest(kind, COMPOSED_PER_KIND)
          .forEach(limit -> vertices.put(ByteBuffer.wrap(composed[limit]), composed[limit]));
    }
    vertices.values().forEach(this::levels);
  }

  private List<Integer> tightest(Kind kind, int most) {
    return IntStream.range(limits.first(kind), limits.end(kind))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer limit) -> extremes.level(limit)).reversed())
        .limit(most)
        .toList();
  }

  private byte[] worstKnown(int limit) {
    byte[] worst = null;
    double level = Double.NEGATIVE_INFINITY;
    for (Map.Entry<ByteBuffer, double[]> each : known.entrySet()) {
      double other = each.getValue()[limit];
      // Of two equal ones always the same, whatever the map's order.
      if (worst == null
          || other > level
          || (other == level && Arrays.compare(each.getKey().array(), worst) < 0)) {
        worst = each.getKey().array();
        level = other;
      }
    }
    return worst.clone();
  }

  private void climb(int limit, byte[] from) {
    double level = levels(from)[limit];
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double before = level;
      for (int point = 0; point < from.length; point++) {
        byte best = from[point];
        for (byte choice = 0; choice < choices.get(point).size(); choice++) {
          double moved = levels(with(from, point, choice))[limit];
          if (moved > level) {
            level = moved;
            best = choice;
          }
        }
        from[point] = best;
      }
      if (!(level > before)) {
        return;
      }
    }
  }

  private static byte[] with(byte[] vertex, int point, byte choice) {
    byte[] changed = vertex.clone();
    changed[point] = choice;
    return changed;
  }

  /** Levels at a vertex, solved once; worse than nothing where there is no solution. */
  private double[] levels(byte[] vertex) {
    ByteBuffer key = ByteBuffer.wrap(vertex);
    double[] levels = known.get(key);
    if (levels == null) {
      levels = new double[limits.size()];
      Exchange exchange = exchange(vertex);
      GridState state = trial.solve(exchange);
      if (state.converged()) {
        limits.of(state, levels);
      }
      if (state.converged() && Arrays.stream(levels).noneMatch(Double::isNaN)) {
        extremes.add(levels, NAME, exchange);
      } else {
        Arrays.fill(levels, Double.NEGATIVE_INFINITY);
        allSolved = false;
      }
      known.put(ByteBuffer.wrap(vertex.clone()), levels);
    }
    return levels;
  }

  private Exchange exchange(byte[] vertex) {
    double[] kw = new double[vertex.length];
    double[] kvar = new double[vertex.length];
    for (int point = 0; point < vertex.length; point++) {
      Choice choice = choices.get(point).get(vertex[point]);
      kw[point] = choice.kw();
      kvar[point] = choice.kvar();
    }
    return new Exchange(kw, kvar);
  }
}
