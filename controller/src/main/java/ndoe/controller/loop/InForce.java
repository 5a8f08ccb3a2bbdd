package ndoe.controller.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.journal.ResumePoint;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.ProsumerId;

/**
 * What of a certified agreement the day runs on.
 *
 * @param samples what each prosumer expects of the day
 */
record InForce(
    EnvelopePlan envelopes, List<AssetSchedule> assets, Map<ProsumerId, List<Sample>> samples) {
  InForce {
    assets = List.copyOf(assets);
    samples = Map.copyOf(samples);
  }

  static InForce of(Agreement agreement) {
    Map<ProsumerId, List<Sample>> samples = new HashMap<>();
    agreement.plans().forEach((id, plan) -> samples.put(id, plan.samples()));
    return new InForce(agreement.envelopes(), agreement.assets(), samples);
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
    return new InForce(point.envelopes(), point.assets(), samples);
  }
}
