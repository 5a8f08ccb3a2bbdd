package ndoe.controller.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.negotiation.RemainingDay;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.DeviceSchedule;
import ndoe.controller.prosumer.DeviceState;
import ndoe.controller.prosumer.RealTimeRecourse;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;

/**
 * What one prosumer’s controller goes by; intervals are counted from the first of the run.
 *
 * @param envelopes certified limits, as far as they are agreed
 * @param from interval with which the horizon of its second stage begins
 */
record SitePlan(List<OperatingEnvelope> envelopes, int from, RealTimeRecourse recourse) {
  SitePlan {
    envelopes = List.copyOf(envelopes);
  }

  static SitePlan of(InForce inForce, ScenarioDays days, ProsumerId id, ConvexSolver solver) {
    int from = inForce.samplesFrom();
    Scenario left = RemainingDay.of(days.dayOf(from), days.withinDay(from), Map.of());
    ProsumerSite site =
        left.prosumers().stream().filter(s -> s.id().equals(id)).findAny().orElseThrow();
    var point = inForce.envelopes().of(id);
    int until = point.envelopes().size();
    return new SitePlan(
        point.envelopes(),
        from,
        new RealTimeRecourse(
            site,
            left.horizon(),
            left.tariff(),
            point.envelopes().subList(from, until),
            point.plannedNetImportKw().cut(from, until),
            inForce.samples().get(id),
            solver));
  }

  /** The certified envelope of an interval, if there is one. */
  Optional<OperatingEnvelope> envelope(int interval) {
    return interval < envelopes.size() ? Optional.of(envelopes.get(interval)) : Optional.empty();
  }

  DeviceSchedule decide(DeviceState state, double generationKw, double loadKw) {
    return recourse.decide(state.at(state.interval() - from), generationKw, loadKw);
  }

  /** Mean of what the samples allow, kW. */
  double expectedGenerationKw(int interval) {
    return recourse.expectedGenerationKw(interval - from);
  }
}
