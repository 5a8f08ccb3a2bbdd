package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.message.HorizonShift;
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
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;

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

  /** Begins without margins on a linear network. */
  AcFeedback(OperatorKnowledge operator, Linearisation network) {
    this.operator = operator;
    this.margins = emptyMargins(network);
    this.extra = emptyMargins(network);
  }

  /** Goes on from margins that were decided with and what was found to be missing before. */
  AcFeedback(OperatorKnowledge operator, AcMargins margins, AcFeedback before) {
    this.operator = operator;
    this.margins = margins;
    this.extra = before.extra;
  }

  /** Goes on on a later horizon from where it stood. */
  AcFeedback(OperatorKnowledge operator, AcFeedback before, HorizonShift shift) {
    this.operator = operator;
    this.margins = before.margins.moved(shift);
    this.extra = before.extra.moved(shift);
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
      raise(broken, envelopes, operator.use(assets));
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
    FeederUse use = operator.use(assets);
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

  /**
   * Raises the extra back-offs to what is missing at the worst use of the envelopes, where the
   * linear network is further off than at the corners, and a little more.
   */
  private void raise(List<Violation> broken, EnvelopePlan envelopes, FeederUse use) {
    Map<BusId, Integer> buses = operator.feeder().busPositions();
    List<String> lines = operator.feeder().lines().stream().map(l -> l.id().value()).toList();
    AcMargins raised = emptyMargins(extra.network());
    raised.raiseTo(extra);
    for (Violation each : broken) {
      int t = each.interval();
      double squared = each.value() * each.value();
      double over = Math.abs(squared - each.limit() * each.limit());
      switch (each.kind()) {
        case UNDER_VOLTAGE -> {
          int bus = buses.get(new BusId(each.element()));
          LinearNetwork network = margins.network().importing(t);
          double missing =
              worst(network, t, bus, -1, envelopes, use) - squared - margins.low(t, bus);
          raised.raiseLow(t, bus, extra.low(t, bus) + Math.max(over, missing) + STEP);
        }
        case OVER_VOLTAGE -> {
          int bus = buses.get(new BusId(each.element()));
          LinearNetwork network = margins.network().exporting(t);
          double missing =
              squared - worst(network, t, bus, 1, envelopes, use) - margins.high(t, bus);
          raised.raiseHigh(t, bus, extra.high(t, bus) + Math.max(over, missing) + STEP);
        }
        case LINE_RATING -> {
          int line = lines.indexOf(each.element());
          double overMva = (each.value() - each.limit()) / 1000;
          raised.raiseRatingMva(t, line, extra.ratingMva(t, line) + overMva + STEP);
        }
        case NOT_CONVERGED, OUTSIDE_ENVELOPE, FORECAST_RISK -> {}
      }
    }
    extra = raised;
  }

  /** The highest (side 1) or lowest (side −1) squared voltage the linear network has for a bus. */
  private double worst(
      LinearNetwork network, int t, int bus, int side, EnvelopePlan envelopes, FeederUse use) {
    List<ConnectionPoint> points = operator.connectionPoints();
    double squared =
        DrawnPower.at(use, t, new double[points.size()]).squaredVoltagePu(network, bus);
    for (ConnectionPoint point : points) {
      OperatingEnvelope envelope = envelopes.of(point.prosumer()).envelopes().get(t);
      double drop = network.dropPerMw(bus, operator.feeder().at(point.bus()), point.tanPhi());
      double atImport = -drop * envelope.importLimitKw() / 1000;
      double atExport = drop * envelope.exportLimitKw() / 1000;
      squared += side * Math.max(side * atImport, side * atExport);
    }
    return squared;
  }
}
