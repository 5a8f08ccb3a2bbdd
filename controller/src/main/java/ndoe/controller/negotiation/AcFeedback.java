package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.network.DrawnPower;
import ndoe.controller.network.LinearNetwork;
import ndoe.controller.network.Linearisation;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.CornerStates;
import ndoe.cosim.validation.NetworkLimits;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlan;

/**
 * How far the AC network is from the linear one at the corners of the envelopes, as margins for the
 * operator’s next decision (method, 11).
 */
final class AcFeedback {
  /** What a margin is raised by beyond a violation that will not go away, squared per unit. */
  private static final double STEP = 1e-4;

  /** Comparisons after which the feedback gives up (method, 11). */
  private static final int MOST_PASSES = 12;

  /** Passes after which the linear network no longer follows the envelopes, so that all rests. */
  private static final int MOST_TANGENTS = 4;

  /** Change of a squared-voltage margin below which the feedback has settled (method, 11). */
  private static final double SETTLED = 1e-4;

  private final OperatorKnowledge operator;

  private AcMargins margins;
  private AcMargins extra;
  private int passes;
  private double change = Double.POSITIVE_INFINITY;
  private boolean secure;

  /** Goes on from margins that were found before, or from none. */
  AcFeedback(OperatorKnowledge operator, AcMargins margins) {
    this.operator = operator;
    this.margins = margins;
    this.extra = emptyMargins(margins.network());
  }

  private AcMargins emptyMargins(Linearisation network) {
    return new AcMargins(operator.horizon().intervals(), network);
  }

  /** Margins for the next decision. */
  AcMargins margins() {
    return margins;
  }

  /** Comparisons so far. */
  int passes() {
    return passes;
  }

  /** Largest change of a voltage margin in the last comparison, squared per unit. */
  double change() {
    return change;
  }

  /** Whether no limit was found broken in the last comparison. */
  boolean secure() {
    return secure;
  }

  /** Whether the margins of the last comparison were right. */
  boolean settled() {
    return change <= SETTLED;
  }

  boolean exhausted() {
    return passes >= MOST_PASSES;
  }

  /**
   * Compares the AC network at the corners of a decision with the linear one.
   *
   * @param elsewhere limits broken inside the envelopes; asked once the corners are right
   * @return whether the margins the decision was made with are right and no limit is broken;
   *     otherwise {@link #margins} says what to decide with next
   */
  boolean closes(
      EnvelopePlan envelopes,
      List<AssetSchedule> assets,
      CornerStates corners,
      Supplier<List<Violation>> elsewhere) {
    passes++;
    AcMargins needed = needed(margins.network(), envelopes, assets, corners);
    change = needed.largestVoltageChange(margins);
    List<Violation> broken = broken(corners);
    if (settled() && broken.isEmpty()) {
      broken = elsewhere.get();
    }
    secure = broken.isEmpty();
    if (settled() && secure) {
      return true;
    }
    if (settled()) {
      raise(broken);
    }
    // A network that follows the envelopes needs other margins than the one decided with.
    Linearisation next =
        passes <= MOST_TANGENTS ? margins.network().around(envelopes, assets) : margins.network();
    margins = needed(next, envelopes, assets, corners);
    return false;
  }

  private AcMargins needed(
      Linearisation network,
      EnvelopePlan envelopes,
      List<AssetSchedule> assets,
      CornerStates corners) {
    AcMargins needed = emptyMargins(network);
    needed.acceptFrom(margins);
    FeederUse use =
        new FeederUse(
            operator.feeder(), operator.passiveLoads(), operator.connectionPoints(), assets);
    for (int t = 0; t < operator.horizon().intervals(); t++) {
      compare(needed, t, envelopes, use, corners.atImport().get(t), true);
      compare(needed, t, envelopes, use, corners.atExport().get(t), false);
    }
    return needed;
  }

  private void compare(
      AcMargins margins,
      int t,
      EnvelopePlan envelopes,
      FeederUse use,
      GridState ac,
      boolean importCorner) {
    if (!ac.converged()) {
      return;
    }
    double[] netImportKw =
        operator.connectionPoints().stream()
            .map(point -> envelopes.of(point.prosumer()).envelopes().get(t))
            .mapToDouble(e -> importCorner ? e.importLimitKw() : -e.exportLimitKw())
            .toArray();
    DrawnPower drawn = DrawnPower.at(use, t, netImportKw);
    LinearNetwork network =
        importCorner ? margins.network().importing(t) : margins.network().exporting(t);
    for (int b = 0; b < network.buses(); b++) {
      double linear = drawn.squaredVoltagePu(network, b);
      double exact = Math.pow(ac.voltagePu(b, 0), 2);
      margins.raiseLow(t, b, extra.low(t, b) + (importCorner ? linear - exact : 0));
      margins.raiseHigh(t, b, extra.high(t, b) + (importCorner ? 0 : exact - linear));
    }
    for (int l = 0; l < network.lines(); l++) {
      double linear = drawn.flowMva(network, l);
      double exact = ac.lineLoadingKva().at(l) / 1000;
      margins.raiseRatingMva(t, l, extra.ratingMva(t, l) + Math.max(0, exact - linear));
    }
  }

  private List<Violation> broken(CornerStates corners) {
    NetworkLimits limits = new NetworkLimits(operator.feeder());
    List<Violation> broken = new ArrayList<>();
    for (int t = 0; t < operator.horizon().intervals(); t++) {
      broken.addAll(limits.check(corners.atImport().get(t), t, "import-corner"));
      broken.addAll(limits.check(corners.atExport().get(t), t, "export-corner"));
    }
    return broken;
  }

  /** Raises the extra back-offs by what is broken, and a little more. */
  private void raise(List<Violation> broken) {
    Map<BusId, Integer> buses = operator.feeder().busPositions();
    List<String> lines = operator.feeder().lines().stream().map(l -> l.id().value()).toList();
    AcMargins raised = emptyMargins(extra.network());
    raised.raiseTo(extra);
    for (Violation each : broken) {
      int t = each.interval();
      double squares = Math.abs(Math.pow(each.value(), 2) - Math.pow(each.limit(), 2));
      switch (each.kind()) {
        case UNDER_VOLTAGE -> {
          int bus = buses.get(new BusId(each.element()));
          raised.raiseLow(t, bus, extra.low(t, bus) + squares + STEP);
        }
        case OVER_VOLTAGE -> {
          int bus = buses.get(new BusId(each.element()));
          raised.raiseHigh(t, bus, extra.high(t, bus) + squares + STEP);
        }
        case LINE_RATING -> {
          int line = lines.indexOf(each.element());
          double over = (each.value() - each.limit()) / 1000;
          raised.raiseRatingMva(t, line, extra.ratingMva(t, line) + over + STEP);
        }
        case NOT_CONVERGED, OUTSIDE_ENVELOPE -> {}
      }
    }
    extra = raised;
  }
}
