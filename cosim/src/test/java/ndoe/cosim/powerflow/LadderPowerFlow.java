package ndoe.cosim.powerflow;

import java.util.Arrays;
import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.Profile;

/**
 * An independent power flow to judge the judge: one phase, per unit on 1 MVA, currents summed from
 * the leaves to the source and voltages dropped from the source to the leaves, until nothing moves.
 */
public final class LadderPowerFlow implements PowerFlow {
  private static final double BASE_KVA = 1000;
  private static final double STANDSTILL_PU = 1e-13;
  private static final int MAX_SWEEPS = 1000;

  private final double sourceVoltagePu;
  private final int buses;
  // Lines in an order in which a bus is fed before it feeds.
  private final int[] lineAt;
  private final int[] near;
  private final int[] far;
  private final double[] r;
  private final double[] x;

  public LadderPowerFlow(Feeder feeder) {
    double baseOhm = 1000 * feeder.nominalVoltageKv() * feeder.nominalVoltageKv() / BASE_KVA;
    sourceVoltagePu = feeder.sourceVoltagePu();
    buses = feeder.buses().size();
    int lines = feeder.lines().size();
    lineAt = new int[lines];
    near = new int[lines];
    far = new int[lines];
    r = new double[lines];
    x = new double[lines];
    Map<BusId, Integer> positions = feeder.busPositions();
    boolean[] fed = new boolean[buses];
    fed[0] = true;
    int placed = 0;
    for (int pass = 0; pass < lines; pass++) {
      for (int line = 0; line < lines; line++) {
        Line each = feeder.lines().get(line);
        int from = positions.get(each.from());
        int to = positions.get(each.to());
        if (fed[from] != fed[to]) {
          near[placed] = fed[from] ? from : to;
          far[placed] = fed[from] ? to : from;
          fed[far[placed]] = true;
          r[placed] = each.resistanceOhm() / baseOhm;
          x[placed] = each.reactanceOhm() / baseOhm;
          lineAt[placed++] = line;
        }
      }
    }
    if (placed != lines) {
      throw new IllegalArgumentException("not radial");
    }
  }

  @Override
  public GridState solve(Injections injections) {
    injections.requireFinite(buses);
    double[] vRe = new double[buses];
    double[] vIm = new double[buses];
    Arrays.fill(vRe, sourceVoltagePu);
    double[] iRe = new double[lineAt.length];
    double[] iIm = new double[lineAt.length];
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      sumCurrents(injections, vRe, vIm, iRe, iIm);
      double moved = dropVoltages(vRe, vIm, iRe, iIm);
      if (!Double.isFinite(moved)) {
        break;
      }
      if (moved < STANDSTILL_PU) {
        return state(vRe, vIm, iRe, iIm);
      }
    }
    return GridState.notConverged(1);
  }

  private void sumCurrents(
      Injections injections, double[] vRe, double[] vIm, double[] iRe, double[] iIm) {
    double[] busRe = new double[buses];
    double[] busIm = new double[buses];
    for (int bus = 0; bus < buses; bus++) {
      double p = -injections.activePowerKw(bus) / BASE_KVA;
      double q = -injections.reactivePowerKvar(bus) / BASE_KVA;
      double squared = vRe[bus] * vRe[bus] + vIm[bus] * vIm[bus];
      // i = conj(s / v)
      busRe[bus] = (p * vRe[bus] + q * vIm[bus]) / squared;
      busIm[bus] = (p * vIm[bus] - q * vRe[bus]) / squared;
    }
    for (int place = lineAt.length - 1; place >= 0; place--) {
      iRe[place] = busRe[far[place]];
      iIm[place] = busIm[far[place]];
      busRe[near[place]] += iRe[place];
      busIm[near[place]] += iIm[place];
    }
  }

  private double dropVoltages(double[] vRe, double[] vIm, double[] iRe, double[] iIm) {
    double moved = 0;
    for (int place = 0; place < lineAt.length; place++) {
      double re = vRe[near[place]] - (r[place] * iRe[place] - x[place] * iIm[place]);
      double im = vIm[near[place]] - (r[place] * iIm[place] + x[place] * iRe[place]);
      moved += Math.abs(re - vRe[far[place]]) + Math.abs(im - vIm[far[place]]);
      vRe[far[place]] = re;
      vIm[far[place]] = im;
    }
    return moved;
  }

  private GridState state(double[] vRe, double[] vIm, double[] iRe, double[] iIm) {
    double[] loading = new double[lineAt.length];
    double active = 0;
    double reactive = 0;
    for (int place = 0; place < lineAt.length; place++) {
      double amperes = Math.hypot(iRe[place], iIm[place]);
      double highest =
          Math.max(
              Math.hypot(vRe[near[place]], vIm[near[place]]),
              Math.hypot(vRe[far[place]], vIm[far[place]]));
      loading[lineAt[place]] = amperes * highest * BASE_KVA;
      active += r[place] * amperes * amperes;
      reactive += x[place] * amperes * amperes;
    }
    return new GridState(
        true,
        1,
        Profile.generate(buses, bus -> Math.hypot(vRe[bus], vIm[bus])),
        Profile.of(loading),
        active * BASE_KVA,
        reactive * BASE_KVA);
  }

  @Override
  public String engine() {
    return "ladder";
  }

  @Override
  public void close() {}
}
