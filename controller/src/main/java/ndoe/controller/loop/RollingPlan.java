package ndoe.controller.loop;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RenewalStartRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.StoredEnergy;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.twin.FeederTwin;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;

/**
 * What a run goes by while it is negotiated again and again: an outcome comes into force when an
 * interval begins, if it is certified and no device’s fall-back is outside it; else what was agreed
 * before stays, and past its end the default envelope holds (method, 12.1). Belongs to the thread
 * of the loop.
 */
final class RollingPlan implements AutoCloseable {
  /** Rounding in a comparison of limits, kW. */
  private static final double NOTHING_KW = 1e-6;

  private final ScenarioDays days;
  private final Scenario run;
  private final Renewals renewals;
  private final EnvelopePlan fallbacks;
  private final RunFolder folder;
  private final AgreementRecord record;
  private final ConvexSolver solver;
  private InForce inForce;
  private Scenario today;
  private Set<ProsumerId> atDefault = Set.of();

  /**
   * A plan that begins with a first agreement.
   *
   * @param inForce when the devices were connected; what they revert to keeps all its envelopes
   * @param begun the last interval that was begun; 0 before the first
   */
  RollingPlan(
      ScenarioDays days,
      Scenario run,
      Renewals renewals,
      InForce inForce,
      int begun,
      RunFolder folder,
      ConvexSolver solver) {
    this.days = days;
    this.run = run;
    this.renewals = renewals;
    this.fallbacks = inForce.envelopes();
    this.folder = folder;
    this.record = new AgreementRecord(folder);
    this.solver = solver;
    this.inForce = inForce;
    this.today = days.dayOf(begun);
  }

  /** Whether a negotiation has not ended. */
  boolean isPending() {
    return renewals.isPending();
  }

  /** Waits for it; false if it takes longer. */
  boolean await(Duration atMost) {
    return renewals.await(atMost);
  }

  /**
   * An interval begins, maybe with another agreement.
   *
   * @return what came of a negotiation that ended
   */
  Optional<RenewalRow> begin(int interval, List<SiteController> sites, FeederTwin twin) {
    if (today != days.dayOf(interval)) {
      today = days.dayOf(interval);
      StoredEnergy due = StoredEnergy.initial(today);
      sites.forEach(site -> site.beginDay(due.devices().get(site.id())));
    }
    Optional<RenewalRow> row =
        renewals.outcome().map(renewal -> decided(interval, renewal, sites, twin));
    record.delivered(inForce, run.horizon().startOf(interval));
    return row;
  }

  private RenewalRow decided(
      int interval, Renewal renewal, List<SiteController> sites, FeederTwin twin) {
    Optional<String> whyNot = whyNot(interval, renewal);
    if (whyNot.isEmpty()) {
      inForce = inForce.then(interval, renewal.agreement().orElseThrow(), run);
      record.writeAgain(inForce);
      sites.forEach(site -> site.follow(SitePlan.of(inForce, days, site.id(), solver)));
      twin.follow(inForce.assets());
    }
    LocalDateTime now = run.horizon().startOf(interval);
    RenewalRow row = renewal.row(now, run.horizon().startOf(renewal.from()), whyNot);
    folder.renewal(row);
    return row;
  }

  private Optional<String> whyNot(int interval, Renewal renewal) {
    if (renewal.agreement().isEmpty()) {
      return Optional.of(renewal.failure());
    }
    Agreement agreement = renewal.agreement().get();
    if (!agreement.certified()) {
      return Optional.of("not certified");
    }
    int ends = renewal.from() + agreement.envelopes().horizon().intervals();
    if (ends <= interval) {
      return Optional.of("came too late");
    }
    return agreement.envelopes().points().stream()
        .filter(point -> !holdsFallback(point))
        .map(point -> "what a device of " + point.prosumer() + " reverts to is outside")
        .findFirst();
  }

  private boolean holdsFallback(PointPlan point) {
    OperatingEnvelope smallest =
        fallbacks.of(point.prosumer()).envelopes().stream()
            .reduce(defaultEnvelope(point.prosumer()), OperatingEnvelope::within);
    return point.envelopes().stream()
        .allMatch(
            envelope ->
                envelope.importLimitKw() >= smallest.importLimitKw() - NOTHING_KW
                    && envelope.exportLimitKw() >= smallest.exportLimitKw() - NOTHING_KW);
  }

  private OperatingEnvelope defaultEnvelope(ProsumerId id) {
    return run.connectionPoints().stream()
        .filter(point -> point.prosumer().equals(id))
        .findAny()
        .orElseThrow()
        .defaultEnvelope();
  }

  /** An interval was measured; if it is time, the intervals after it are negotiated about. */
  void measured(int interval, List<SiteController> sites) {
    int next = interval + 1;
    if (next >= run.horizon().intervals()) {
      return;
    }
    Duration rest = Duration.ofMinutes(run.horizon().intervalMinutes());
    RenewalKnowledge now =
        RenewalKnowledge.of(sites, inForce.operatorBatteriesKwh(next, run), rest);
    Set<ProsumerId> lost =
        sites.stream()
            .filter(SiteController::isAtDefault)
            .map(SiteController::id)
            .collect(Collectors.toCollection(HashSet::new));
    boolean deviceLost = !lost.equals(atDefault);
    atDefault = lost;
    if (renewals.isDue(next, inForce.covers(next), now, deviceLost)) {
      RenewalKnowledge known = days.withinDay(next) == 0 ? now.beginning(days.dayOf(next)) : now;
      folder.renewalBegins(new RenewalStartRow(next, known.toJson()));
      renewals.begin(next, known);
    }
  }

  /** Settles what was planned and traded in the end. */
  void settle() {
    record.settle(run, inForce.envelopes());
  }

  @Override
  public void close() {
    renewals.close();
  }
}
