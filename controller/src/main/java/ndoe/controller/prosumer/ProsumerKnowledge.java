package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.KMedoids;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Tariff;
import ndoe.feeders.Uncertainty;

/**
 * All a prosumer knows: its own site, what the retailer charges, and what may happen.
 *
 * @param start where its devices are when the horizon begins
 */
public record ProsumerKnowledge(
    ProsumerSite site,
    Horizon horizon,
    Tariff tariff,
    List<Sample> samples,
    AmbiguitySet ambiguity,
    DeviceState start) {
  public ProsumerKnowledge {
    samples = List.copyOf(samples);
  }

  /** As the day begins. */
  public ProsumerKnowledge(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<Sample> samples,
      AmbiguitySet ambiguity) {
    this(site, horizon, tariff, samples, ambiguity, DeviceState.initial(site, horizon));
  }

  /** Draws samples and the distributions to beware of from the site’s history. */
  public static ProsumerKnowledge of(
      ProsumerSite site, Horizon horizon, Tariff tariff, Uncertainty uncertainty) {
    List<Sample> samples = KMedoids.reduce(site.generationHistoryKw(), uncertainty.scenarios());
    int days = site.generationHistoryKw().size();
    return new ProsumerKnowledge(
        site,
        horizon,
        tariff,
        samples,
        AmbiguitySet.of(uncertainty, samples, days, horizon.intervalHours()));
  }

  /** The same prosumer with other distributions to beware of. */
  public ProsumerKnowledge withAmbiguity(AmbiguitySet other) {
    return new ProsumerKnowledge(site, horizon, tariff, samples, other, start);
  }

  /** The same prosumer with its devices elsewhere when the horizon begins. */
  public ProsumerKnowledge startingFrom(DeviceState state) {
    return new ProsumerKnowledge(site, horizon, tariff, samples, ambiguity, state);
  }

  public ProsumerId id() {
    return site.id();
  }

  double importCapacityMw() {
    return site.connectionPoint().importCapacityKw() / 1000;
  }

  double exportCapacityMw() {
    return site.connectionPoint().exportCapacityKw() / 1000;
  }
}
