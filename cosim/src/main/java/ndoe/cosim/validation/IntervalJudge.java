package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.ForecastTrial.At;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.Dispatch;
import ndoe.feeders.OperatingEnvelope;

/** Tries everything that is to be tried in one interval; serves any thread. */
final class IntervalJudge {
  static final String IMPORT_CORNER = "import-corner";
  static final String EXPORT_CORNER = "export-corner";
  private static final String REGULATED = " regulated";

  private final SecurityCase securityCase;
  private final Scrutiny scrutiny;
  private final EnvelopePoints points;
  private final FeederUse use;
  private final NetworkLimits limits;
  private final LimitLevels levels;

  IntervalJudge(SecurityCase securityCase, Scrutiny scrutiny) {
    this.securityCase = securityCase;
    this.scrutiny = scrutiny;
    points = new EnvelopePoints(securityCase, scrutiny.reactiveFreedom());
    use = securityCase.use();
    limits = new NetworkLimits(securityCase.feeder());
    levels = new LimitLevels(securityCase.feeder());
  }

  int intervals() {
    return points.intervals();
  }

  FeederUse use() {
    return use;
  }

  /** Both corners, import first, whether or not limits hold there. */
  List<GridState> corners(int interval, PowerFlow powerFlow) {
    Trial trial = new Trial(interval, powerFlow, use);
    return List.of(
        trial.solve(points.importCorner(interval)), trial.solve(points.exportCorner(interval)));
  }

  IntervalFindings judge(int interval, PowerFlow powerFlow) {
    Trial trial = new Trial(interval, powerFlow, use);
    Findings findings = new Findings(limits, levels, interval, trial.engine());
    tryPoint(trial, IMPORT_CORNER, points.importCorner(interval), findings);
    tryPoint(trial, EXPORT_CORNER, points.exportCorner(interval), findings);
    int corners = 2 + tryRegulated(trial, findings);
    tryDispatches(trial, findings);
    tryRandomPoints(trial, findings);
    int searched = search(trial, findings);
    Map<ErrorDistribution, List<BrokenDraws>> forecast = tryForecastErrors(trial);
    List<List<Violation>> outages = tryOutages(trial);
    long draws =
        forecast.values().stream().mapToLong(each -> (long) each.size() * errors().draws()).sum();
    Tried tried =
        new Tried(
            corners,
            securityCase.dispatches().size(),
            securityCase.randomPoints(),
            searched,
            draws,
            2L * outages.size());
    return new IntervalFindings(findings, tried, forecast, outages);
  }

  private ForecastErrors errors() {
    return scrutiny.forecastErrors();
  }

  private static void tryPoint(Trial trial, String name, Exchange exchange, Findings findings) {
    findings.add(trial.solve(exchange), name, exchange);
  }

  /** Both corners again once regulators have answered, where there are any. */
  private int tryRegulated(Trial trial, Findings findings) {
    if (!trial.hasControls()) {
      return 0;
    }
    Exchange importing = points.importCorner(trial.interval());
    Exchange exporting = points.exportCorner(trial.interval());
    findings.add(trial.solveRegulated(importing), IMPORT_CORNER + REGULATED, importing);
    findings.add(trial.solveRegulated(exporting), EXPORT_CORNER + REGULATED, exporting);
    return 2;
  }

  private void tryDispatches(Trial trial, Findings findings) {
    for (Dispatch dispatch : securityCase.dispatches()) {
      Exchange exchange = points.dispatch(dispatch, trial.interval());
      checkInside(exchange.netImportKw(), trial.interval(), dispatch.name(), findings);
      tryPoint(trial, dispatch.name(), exchange, findings);
    }
  }

  private void checkInside(double[] netImportKw, int interval, String name, Findings findings) {
    for (int point = 0; point < netImportKw.length; point++) {
      OperatingEnvelope envelope = points.envelope(point, interval);
      double limit = netImportKw[point] > 0 ? envelope.importLimitKw() : -envelope.exportLimitKw();
      if (Math.abs(netImportKw[point]) > Math.abs(limit) + AcValidator.ENVELOPE_TOLERANCE_KW) {
        String prosumer = securityCase.connectionPoints().get(point).prosumer().value();
        findings.add(
            new Violation(
                interval, name, Kind.OUTSIDE_ENVELOPE, prosumer, netImportKw[point], limit));
      }
    }
  }

  private void tryRandomPoints(Trial trial, Findings findings) {
    var random = points.random(trial.interval());
    for (int number = 0; number < securityCase.randomPoints(); number++) {
      Exchange exchange = points.random(number, trial.interval(), random);
      tryPoint(trial, "random-" + number, exchange, findings);
    }
  }

  private int search(Trial trial, Findings findings) {
    if (scrutiny.searchStarts() == 0) {
      return 0;
    }
    WorstCaseSearch search = new WorstCaseSearch(trial, points, levels, findings.extremes());
    int states =
        search.run(scrutiny.searchStarts(), points.random(trial.interval(), WorstCaseSearch.NAME));
    findings.addSearched(search.allSolved());
    return states;
  }

  /** Names of the operating points at which forecast errors are tried. */
  List<String> forecastPoints() {
    List<String> names = new ArrayList<>(List.of(IMPORT_CORNER, EXPORT_CORNER));
    securityCase.dispatches().stream().limit(1).forEach(plan -> names.add(plan.name()));
    return names;
  }

  private Map<ErrorDistribution, List<BrokenDraws>> tryForecastErrors(Trial trial) {
    if (!errors().tried()) {
      return Map.of();
    }
    int interval = trial.interval();
    List<At> at = new ArrayList<>();
    at.add(new At(IMPORT_CORNER, points.importCorner(interval)));
    at.add(new At(EXPORT_CORNER, points.exportCorner(interval)));
    securityCase.dispatches().stream()
        .limit(1)
        .forEach(plan -> at.add(new At(plan.name(), points.dispatch(plan, interval))));
    return new ForecastTrial(errors(), points, levels).run(trial, at);
  }

  private List<List<Violation>> tryOutages(Trial trial) {
    List<List<Violation>> outages = new ArrayList<>();
    if (scrutiny.outages() == Outages.IGNORED) {
      return outages;
    }
    int interval = trial.interval();
    for (int asset = 0; asset < securityCase.assets().size(); asset++) {
      trial.loseAsset(asset);
      String without = " without " + securityCase.assets().get(asset).asset();
      List<Violation> violations = new ArrayList<>();
      violations.addAll(
          limits.check(
              trial.solve(points.importCorner(interval)), interval, IMPORT_CORNER + without));
      violations.addAll(
          limits.check(
              trial.solve(points.exportCorner(interval)), interval, EXPORT_CORNER + without));
      outages.add(violations);
    }
    return outages;
  }
}
