package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.cosim.validation.Violation.Kind;

/** Puts together what was found in all intervals. */
record Summary(
    SecurityCase securityCase,
    Scrutiny scrutiny,
    List<String> forecastPoints,
    List<IntervalFindings> intervals) {

  Examination examination() {
    Tried tried =
        intervals.stream().map(IntervalFindings::tried).reduce(Tried.NOTHING, Tried::plus);
    List<ForecastShare> shares = forecastShares();
    List<Outage> outages = outages();
    String engine = intervals.get(0).findings().engine();
    Optional<WorstValue> lowest = worst(Kind.UNDER_VOLTAGE, WorstValue::margin);
    Optional<WorstValue> highest = worst(Kind.OVER_VOLTAGE, WorstValue::margin);
    Optional<WorstValue> loading = worst(Kind.LINE_RATING, each -> -each.fraction());
    List<Violation> violations = violations(shares, outages);
    Verdict verdict =
        violations.isEmpty()
            ? new Verdict.Certificate(
                tried.points(),
                lowest.map(WorstValue::value).orElse(Double.NaN),
                highest.map(WorstValue::value).orElse(Double.NaN),
                loading.map(WorstValue::fraction).orElse(0.0),
                securityCase.randomPoints(),
                securityCase.seed(),
                engine)
            : new Verdict.Violated(tried.points(), violations);
    return new Examination(verdict, tried, lowest, highest, loading, shares, outages, engine);
  }

  /** The smallest by a measure; of two equal ones the earlier. */
  private Optional<WorstValue> worst(Kind kind, ToDoubleFunction<WorstValue> measure) {
    return intervals.stream()
        .flatMap(each -> each.findings().worst(kind).stream())
        .reduce((a, b) -> measure.applyAsDouble(b) < measure.applyAsDouble(a) ? b : a);
  }

  private List<Violation> violations(List<ForecastShare> shares, List<Outage> outages) {
    List<Violation> violations = new ArrayList<>();
    intervals.forEach(each -> violations.addAll(each.findings().violations()));
    if (scrutiny.outages() == Outages.REFUSED) {
      outages.forEach(each -> violations.addAll(each.violations()));
    }
    shares.stream()
        .filter(ForecastShare::breaksPromise)
        .forEach(share -> violations.add(violation(share)));
    violations.sort(Violation.WORST_FIRST);
    return violations;
  }

  private static Violation violation(ForecastShare share) {
    return new Violation(
        share.worstInterval(),
        share.point() + " with " + share.distribution().label() + " errors",
        Kind.FORECAST_RISK,
        share.element(),
        share.share(),
        share.promised());
  }

  private List<ForecastShare> forecastShares() {
    List<ForecastShare> shares = new ArrayList<>();
    if (!scrutiny.forecastErrors().tried()) {
      return shares;
    }
    for (ErrorDistribution distribution : ErrorDistribution.values()) {
      for (int point = 0; point < forecastPoints.size(); point++) {
        shares.add(share(distribution, point));
      }
    }
    return shares;
  }

  private ForecastShare share(ErrorDistribution distribution, int point) {
    int draws = scrutiny.forecastErrors().draws();
    long violated = 0;
    int worstInterval = 0;
    BrokenDraws worst = broken(0, distribution, point);
    for (int interval = 0; interval < intervals.size(); interval++) {
      BrokenDraws here = broken(interval, distribution, point);
      violated += here.draws();
      if (here.draws() > worst.draws()) {
        worst = here;
        worstInterval = interval;
      }
    }
    return new ForecastShare(
        distribution,
        forecastPoints.get(point),
        (long) draws * intervals.size(),
        violated,
        scrutiny.forecastErrors().promisedProbability(),
        worstInterval,
        (double) worst.draws() / draws,
        mostBroken(worst));
  }

  private BrokenDraws broken(int interval, ErrorDistribution distribution, int point) {
    return intervals.get(interval).forecast().get(distribution).get(point);
  }

  private String mostBroken(BrokenDraws broken) {
    int limit = broken.mostBroken();
    return limit < 0 ? "" : new LimitLevels(securityCase.feeder()).element(limit);
  }

  private List<Outage> outages() {
    List<Outage> outages = new ArrayList<>();
    if (scrutiny.outages() == Outages.IGNORED) {
      return outages;
    }
    for (int asset = 0; asset < securityCase.assets().size(); asset++) {
      List<Violation> violations = new ArrayList<>();
      for (IntervalFindings each : intervals) {
        violations.addAll(each.outages().get(asset));
      }
      violations.sort(Violation.WORST_FIRST);
      outages.add(new Outage(securityCase.assets().get(asset).asset(), violations));
    }
    return outages;
  }
}
