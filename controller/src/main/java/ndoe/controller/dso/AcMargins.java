package ndoe.controller.dso;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.network.Linearisation;

/**
 * What the linear network must keep clear so that the full AC network keeps its limits (method,
 * 11): back-offs of squared voltage per interval and bus, of line rating per interval and line.
 */
public final class AcMargins {
  private final Linearisation network;
  private final double[][] low;
  private final double[][] high;
  private final double[][] ratingMva;
  private final Map<LimitKind, double[]> unavoidable = new EnumMap<>(LimitKind.class);

  /** Nothing kept clear of a network’s limits. */
  public AcMargins(int intervals, Linearisation network) {
    this.network = network;
    low = new double[intervals][network.buses()];
    high = new double[intervals][network.buses()];
    ratingMva = new double[intervals][network.lines()];
  }

  /** The same back-offs on a later horizon. */
  public AcMargins moved(HorizonShift shift) {
    AcMargins moved = new AcMargins(shift.now(), network);
    for (int t = 0; t < shift.now(); t++) {
      moved.low[t] = low[shift.from(t)].clone();
      moved.high[t] = high[shift.from(t)].clone();
      moved.ratingMva[t] = ratingMva[shift.from(t)].clone();
    }
    unavoidable.forEach((kind, by) -> moved.unavoidable.put(kind, shift.moved(by)));
    return moved;
  }

  /** The linear network these margins make up for. */
  public Linearisation network() {
    return network;
  }

  /** Back-off of the lower limit, squared per unit, ≥ 0. */
  public double low(int interval, int bus) {
    return low[interval][bus];
  }

  /** Back-off of the upper limit, squared per unit, ≥ 0. */
  public double high(int interval, int bus) {
    return high[interval][bus];
  }

  /** Back-off of the line rating, MVA, ≥ 0. */
  public double ratingMva(int interval, int line) {
    return ratingMva[interval][line];
  }

  /** By how much a kind of limit is known to be broken whatever is offered; 0 if it is not. */
  public double unavoidable(LimitKind kind, int interval) {
    double[] known = unavoidable.get(kind);
    return known == null ? 0 : known[interval];
  }

  /** Notes what no offer can mend, so that offers are not sacrificed to it. */
  public void accept(List<BrokenLimit> broken) {
    for (BrokenLimit limit : broken) {
      unavoidable.computeIfAbsent(limit.kind(), kind -> new double[low.length])[limit.interval()] +=
          limit.by();
    }
  }

  /** Takes over what is known to be unavoidable. */
  public void acceptFrom(AcMargins other) {
    other.unavoidable.forEach((kind, by) -> unavoidable.put(kind, by.clone()));
  }

  public void raiseLow(int interval, int bus, double margin) {
    low[interval][bus] = Math.max(low[interval][bus], margin);
  }

  public void raiseHigh(int interval, int bus, double margin) {
    high[interval][bus] = Math.max(high[interval][bus], margin);
  }

  public void raiseRatingMva(int interval, int line, double margin) {
    ratingMva[interval][line] = Math.max(ratingMva[interval][line], margin);
  }

  /** Raises every margin to at least that of others. */
  public void raiseTo(AcMargins others) {
    for (int t = 0; t < low.length; t++) {
      for (int b = 0; b < low[t].length; b++) {
        raiseLow(t, b, others.low[t][b]);
        raiseHigh(t, b, others.high[t][b]);
      }
      for (int l = 0; l < ratingMva[t].length; l++) {
        raiseRatingMva(t, l, others.ratingMva[t][l]);
      }
    }
  }

  /** Largest change of a squared voltage back-off against another set of margins. */
  public double largestVoltageChange(AcMargins other) {
    double largest = 0;
    for (int t = 0; t < low.length; t++) {
      for (int b = 0; b < low[t].length; b++) {
        largest = Math.max(largest, Math.abs(low[t][b] - other.low[t][b]));
        largest = Math.max(largest, Math.abs(high[t][b] - other.high[t][b]));
      }
    }
    return largest;
  }
}
