package ndoe.controller.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ndoe.feeders.Feeder;
import ndoe.feeders.FeederTree;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;

/**
 * The radial feeder, linearised: squared voltages as affine functions of the power drawn at the
 * buses, and line flows as sums over what is fed through the line, losses neglected (method, 3.4).
 *
 * <p>Powers are per unit on 1 MVA, i.e. MW and Mvar; squared voltages are per unit. Buses and lines
 * are counted in the feeder’s order.
 */
public final class LinDistFlow implements LinearNetwork {
  private static final double BASE_MVA = 1.0;

  private final Feeder feeder;
  private final int[] feedingLine;
  private final int[] fedBus;
  private final int[] parentLine;
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
    parentLine = new int[lines];
    hangFromSource(FeederTree.of(feeder));
    feeds = new boolean[lines][buses];
    for (int bus = 1; bus < buses; bus++) {
      for (int line = feedingLine[bus]; line >= 0; line = parentLine[line]) {
        feeds[line][bus] = true;
      }
    }
    dropPerMw = squaredVoltageDrops(resistancePu);
    dropPerMvar = squaredVoltageDrops(reactancePu);
  }

  /** Notes for every bus the line that feeds it and for every line the one before it. */
  private void hangFromSource(FeederTree tree) {
    Map<LineId, Integer> lineNumbers = new HashMap<>();
    feeder.lines().forEach(line -> lineNumbers.put(line.id(), lineNumbers.size()));
    Arrays.fill(parentLine, -1);
    Arrays.fill(feedingLine, -1);
    for (int bus = 1; bus < buses(); bus++) {
      Line line = tree.feedingLine(feeder.buses().get(bus)).orElseThrow();
      int number = lineNumbers.get(line.id());
      feedingLine[bus] = number;
      fedBus[number] = bus;
      tree.feedingLine(line.from())
          .ifPresent(parent -> parentLine[number] = lineNumbers.get(parent.id()));
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

  @Override
  public int buses() {
    return feedingLine.length;
  }

  @Override
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
    return parentLine[line];
  }

  @Override
  public double dropPerMw(int bus, int at) {
    return dropPerMw[bus][at];
  }

  @Override
  public double dropPerMvar(int bus, int at) {
    return dropPerMvar[bus][at];
  }

  @Override
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

  @Override
  public int conductors(int line) {
    return 1;
  }

  @Override
  public double firstMva(int line, int conductor, double[] drawnMw, double[] drawnMvar) {
    return flow(line, drawnMw);
  }

  @Override
  public double secondMva(int line, int conductor, double[] drawnMw, double[] drawnMvar) {
    return flow(line, drawnMvar);
  }

  @Override
  public double firstPerMw(int line, int conductor, int at) {
    return feeds[line][at] ? 1 : 0;
  }

  @Override
  public double firstPerMvar(int line, int conductor, int at) {
    return 0;
  }

  @Override
  public double secondPerMw(int line, int conductor, int at) {
    return 0;
  }

  @Override
  public double secondPerMvar(int line, int conductor, int at) {
    return feeds[line][at] ? 1 : 0;
  }

  @Override
  public double lossesPerSquare(int line) {
    return resistancePu[line] / (feeder.sourceVoltagePu() * feeder.sourceVoltagePu());
  }
}
