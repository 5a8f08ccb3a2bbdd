package ndoe.controller.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;

/**
 * The radial feeder, linearised: squared voltages as affine functions of the power drawn at the
 * buses, and line flows as sums over what is fed through the line, losses neglected (method, 3.4).
 *
 * <p>Powers are per unit on 1 MVA, i.e. MW and Mvar; squared voltages are per unit. Buses and lines
 * are counted in the feeder’s order.
 */
public final class LinDistFlow {
  private static final double BASE_MVA = 1.0;

  private final Feeder feeder;
  private final int[] feedingLine;
  private final int[] fedBus;
  private final double[] resistancePu;
  private final double[] reactancePu;
  private final boolean[][] feeds;
  private final double[][] dropPerMw;
  private final double[][] dropPerMvar;

  public LinDistFlow(Feeder feeder) {
    this.feeder = feeder;
    int buses = feeder.buses().size();
    int lines = feeder.lines().size();
    double baseOhm = feeder.nominalVoltageKv() * feeder.nominalVoltageKv() / BASE_MVA;
    resistancePu = feeder.lines().stream().mapToDouble(l -> l.resistanceOhm() / baseOhm).toArray();
    reactancePu = feeder.lines().stream().mapToDouble(l -> l.reactanceOhm() / baseOhm).toArray();
    feedingLine = new int[buses];
    fedBus = new int[lines];
    orient();
    feeds = new boolean[lines][buses];
    for (int bus = 1; bus < buses; bus++) {
      for (int line = feedingLine[bus]; line >= 0; line = parentLine(line)) {
        feeds[line][bus] = true;
      }
    }
    dropPerMw = squaredVoltageDrops(resistancePu);
    dropPerMvar = squaredVoltageDrops(reactancePu);
  }

  /** Finds for every bus the line that feeds it, walking outward from the source. */
  private void orient() {
    Arrays.fill(feedingLine, -1);
    Map<BusId, Integer> positions = feeder.busPositions();
    List<List<Integer>> linesAt = new ArrayList<>();
    feeder.buses().forEach(bus -> linesAt.add(new ArrayList<>()));
    for (int l = 0; l < feeder.lines().size(); l++) {
      linesAt.get(positions.get(feeder.lines().get(l).from())).add(l);
      linesAt.get(positions.get(feeder.lines().get(l).to())).add(l);
    }
    Deque<Integer> reached = new ArrayDeque<>(List.of(0));
    int count = 0;
    while (!reached.isEmpty()) {
      int bus = reached.remove();
      count++;
      for (int l : linesAt.get(bus)) {
        if (l == feedingLine[bus]) {
          continue;
        }
        Line line = feeder.lines().get(l);
        int from = positions.get(line.from());
        int other = from == bus ? positions.get(line.to()) : from;
        if (other == 0 || feedingLine[other] >= 0) {
          throw new IllegalArgumentException("the feeder is not radial: line " + line.id());
        }
        feedingLine[other] = l;
        fedBus[l] = other;
        reached.add(other);
      }
    }
    if (count != feeder.buses().size()) {
      throw new IllegalArgumentException("the feeder has buses that nothing feeds");
    }
  }

  // R = 2 D' diag(r) D, and X likewise: twice the impedance common to both paths (method, section
  // 2).
  private double[][] squaredVoltageDrops(double[] impedancePu) {
    int buses = feedingLine.length;
    double[][] drops = new double[buses][buses];
    for (int l = 0; l < impedancePu.length; l++) {
      for (int b = 0; b < buses; b++) {
        for (int c = 0; feeds[l][b] && c < buses; c++) {
          if (feeds[l][c]) {
            drops[b][c] += 2 * impedancePu[l];
          }
        }
      }
    }
    return drops;
  }

  public Feeder feeder() {
    return feeder;
  }

  public int buses() {
    return feedingLine.length;
  }

  public int lines() {
    return fedBus.length;
  }

  /** Whether {@code bus} gets its power through {@code line}. */
  public boolean feeds(int line, int bus) {
    return feeds[line][bus];
  }

  /** The bus at the far end of a line, seen from the source. */
  public int fedBus(int line) {
    return fedBus[line];
  }

  /** The line towards the source that feeds this line, or -1. */
  public int parentLine(int line) {
    Line data = feeder.lines().get(line);
    int far = fedBus[line];
    BusId near = feeder.buses().get(far).equals(data.to()) ? data.from() : data.to();
    return feedingLine[feeder.buses().indexOf(near)];
  }

  /** Drop of the squared voltage at {@code bus} per MW drawn at {@code at}, per unit. */
  public double dropPerMw(int bus, int at) {
    return dropPerMw[bus][at];
  }

  /** Drop of the squared voltage at {@code bus} per Mvar drawn at {@code at}, per unit. */
  public double dropPerMvar(int bus, int at) {
    return dropPerMvar[bus][at];
  }

  /** Series resistance, per unit on 1 MVA. */
  public double resistancePu(int line) {
    return resistancePu[line];
  }

  /** Squared voltage at a bus for this power drawn at every bus, per unit (method, 3.4). */
  public double squaredVoltagePu(int bus, double[] drawnMw, double[] drawnMvar) {
    double squared = feeder.sourceVoltagePu() * feeder.sourceVoltagePu();
    for (int c = 0; c < buses(); c++) {
      squared -= dropPerMw[bus][c] * drawnMw[c] + dropPerMvar[bus][c] * drawnMvar[c];
    }
    return squared;
  }

  /** Sum over the buses fed through a line, MW or Mvar. */
  public double flow(int line, double[] drawn) {
    double flow = 0;
    for (int c = 0; c < drawn.length; c++) {
      if (feeds[line][c]) {
        flow += drawn[c];
      }
    }
    return flow;
  }
}
