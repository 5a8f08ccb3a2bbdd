package ndoe.controller.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.ResumePoint;
import ndoe.controller.journal.TradeRow;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.StorageRating;

/**
 * What of certified agreements the run goes by; intervals are counted from the first of the run.
 *
 * @param envelopes as far as they are agreed, which may be less than the run
 * @param assets over the whole run, idle where nothing is agreed
 * @param samples what each prosumer expects
 * @param samplesFrom interval the samples begin with
 * @param trades that are planned
 * @param prices that go with them
 */
record InForce(
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    Map<ProsumerId, List<Sample>> samples,
    int samplesFrom,
    List<TradeRow> trades,
    List<PriceRow> prices) {
  InForce {
    assets = List.copyOf(assets);
    samples = Map.copyOf(samples);
    trades = List.copyOf(trades);
    prices = List.copyOf(prices);
  }

  /** The first agreement of a run. */
  static InForce of(Agreement agreement, Scenario run) {
    EnvelopePlan nothing =
        new EnvelopePlan(
            new Horizon(run.horizon().start(), run.horizon().intervalMinutes(), 0),
            agreement.envelopes().points().stream()
                .map(point -> new PointPlan(point.prosumer(), point.bus(), List.of(), Profile.of()))
                .toList());
    return new InForce(
            nothing,
            AssetSchedule.idle(run.operator(), run.horizon().intervals()),
            Map.of(),
            0,
            List.of(),
            List.of())
        .then(0, agreement, run);
  }

  /** As it was agreed before the run was resumed. */
  static InForce of(ResumePoint point) {
    Map<ProsumerId, List<Sample>> samples = new HashMap<>();
    point
        .samples()
        .forEach(
            (id, trajectories) ->
                samples.put(
                    id,
                    trajectories.stream()
                        .map(t -> new Sample(t.probability(), t.generationKw()))
                        .toList()));
    return new InForce(
        point.envelopes(),
        point.assets(),
        samples,
        point.samplesFrom(),
        point.trades(),
        point.prices());
  }

  /** With another agreement from an interval on, at which that has begun or begins. */
  InForce then(int interval, Agreement next, Scenario run) {
    EnvelopePlan plan = next.envelopes();
    int from = run.horizon().intervalAt(plan.horizon().start());
    Map<ProsumerId, List<Sample>> expected = new HashMap<>();
    next.plans().forEach((id, own) -> expected.put(id, own.samples()));
    AgreementRows rows = new AgreementRows(run, next);
    return new InForce(
        new EnvelopePlan(
            new Horizon(
                run.horizon().start(),
                run.horizon().intervalMinutes(),
                from + plan.horizon().intervals()),
            run.connectionPoints().stream()
                .map(point -> joined(point, interval, plan.of(point.prosumer()), from))
                .toList()),
        next.assets().stream().map(asset -> joined(asset, interval, from)).toList(),
        expected,
        from,
        rows.trades(),
        rows.prices());
  }

  /** The default envelope stands where nothing was agreed in time. */
  private PointPlan joined(ConnectionPoint point, int interval, PointPlan next, int from) {
    PointPlan before = envelopes.of(point.prosumer());
    List<OperatingEnvelope> joined = new ArrayList<>();
    List<Double> planned = new ArrayList<>();
    for (int t = 0; t < from + next.envelopes().size(); t++) {
      boolean known = t < before.envelopes().size();
      if (t >= interval) {
        joined.add(next.envelopes().get(t - from));
        planned.add(next.plannedNetImportKw().at(t - from));
      } else {
        joined.add(known ? before.envelopes().get(t) : point.defaultEnvelope());
        planned.add(known ? before.plannedNetImportKw().at(t) : 0.0);
      }
    }
    return new PointPlan(
        next.prosumer(), next.bus(), joined, Profile.generate(planned.size(), planned::get));
  }

  private AssetSchedule joined(AssetSchedule next, int interval, int from) {
    AssetSchedule before =
        assets.stream().filter(a -> a.asset().equals(next.asset())).findAny().orElseThrow();
    return new AssetSchedule(
        next.asset(),
        next.bus(),
        joined(before.activePowerKw(), next.activePowerKw(), interval, from),
        joined(before.reactivePowerKvar(), next.reactivePowerKvar(), interval, from));
  }

  private static Profile joined(Profile before, Profile next, int interval, int from) {
    int until = from + next.intervals();
    return Profile.generate(
        before.intervals(), t -> t < interval ? before.at(t) : t < until ? next.at(t - from) : 0.0);
  }

  boolean covers(int interval) {
    return interval < envelopes.horizon().intervals();
  }

  /** What the operator’s own batteries hold when an interval begins, by schedule, kWh. */
  List<Double> operatorBatteriesKwh(int interval, Scenario run) {
    List<Double> energies = new ArrayList<>();
    for (var battery : run.operator().batteries()) {
      StorageRating rating = battery.rating();
      Profile power =
          assets.stream()
              .filter(asset -> asset.asset().equals(battery.id()))
              .findAny()
              .orElseThrow()
              .activePowerKw();
      double energy = rating.initialEnergyKwh();
      for (int t = 0; t < interval; t++) {
        energy = rating.energyAfterKwh(energy, power.at(t), run.horizon().intervalHours());
      }
      energies.add(energy);
    }
    return energies;
  }
}
