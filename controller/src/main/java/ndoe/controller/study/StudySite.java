package ndoe.controller.study;

import java.util.List;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;

/**
 * A prosumer under study and what is settled before it plans.
 *
 * @param envelopes limits of its connection point, one per interval
 * @param purchaseKw bought from other prosumers, kW per interval, negative when sold
 */
public record StudySite(ProsumerSite site, List<OperatingEnvelope> envelopes, Profile purchaseKw) {
  public StudySite {
    envelopes = List.copyOf(envelopes);
  }
}
