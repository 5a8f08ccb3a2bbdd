package ndoe.controller.loop;

import ndoe.feeders.ProsumerSite;
import ndoe.feeders.ProsumerSite.Generator;
import ndoe.feeders.StorageRating;

/** What a prosumer’s devices can do at most, kW, each ≥ 0; 0 for a device it does not have. */
record SiteRatings(
    double pvKw, double windKw, double turbineKw, double batteryKw, double vehicleKw) {

  static SiteRatings of(ProsumerSite site) {
    return new SiteRatings(
        site.pv().map(Generator::peakKw).orElse(0.0),
        site.wind().map(Generator::peakKw).orElse(0.0),
        site.microTurbine().map(m -> m.powerKw()).orElse(0.0),
        site.battery().map(StorageRating::powerKw).orElse(0.0),
        site.vehicle().map(v -> v.powerKw()).orElse(0.0));
  }
}
