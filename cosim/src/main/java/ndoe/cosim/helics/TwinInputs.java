package ndoe.cosim.helics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import ndoe.cosim.helics.ValueFederate.Input;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerSite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the federation tells the twin of each prosumer. A number no feeder could draw, or that is
 * none, counts as not told, and is warned of once.
 */
final class TwinInputs {
  private static final Logger LOG = LoggerFactory.getLogger(TwinInputs.class);

  /** Above any feeder, far below what HELICS gives for a text that is no number. */
  private static final double MOST_KW = 1e9;

  private final TwinDay day;
  private final List<Site> sites = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();

  TwinInputs(ValueFederate federate, TwinNames names, TwinDay day) {
    this.day = day;
    for (ProsumerSite site : day.scenario().prosumers()) {
      sites.add(
          new Site(
              site,
              federate.input(names.ofProsumer(site.id(), "net_import_kw"), "kW"),
              federate.input(names.ofProsumer(site.id(), "reactive_import_kvar"), "kVAR"),
              federate.input(names.ofProsumer(site.id(), "import_limit_kw"), "kW"),
              federate.input(names.ofProsumer(site.id(), "export_limit_kw"), "kW")));
    }
  }

  private record Site(
      ProsumerSite prosumer,
      Input netImport,
      Input reactive,
      Input importLimit,
      Input exportLimit) {}

  /** What each connection point draws at the time granted and may draw, in the scenario’s order. */
  List<PointExchange> at(int interval) {
    return sites.stream().map(site -> at(site, interval)).toList();
  }

  private PointExchange at(Site site, int interval) {
    OptionalDouble told = usable(site.netImport(), -MOST_KW);
    double netImportKw = told.orElse(day.plannedNetImportKw(site.prosumer(), interval));
    double byTanPhi = netImportKw * site.prosumer().connectionPoint().tanPhi();
    OperatingEnvelope planned = day.envelope(site.prosumer(), interval);
    return new PointExchange(
        site.prosumer().id(),
        told.isPresent(),
        netImportKw,
        usable(site.reactive(), -MOST_KW).orElse(byTanPhi),
        byTanPhi,
        new OperatingEnvelope(
            usable(site.importLimit(), 0).orElse(planned.importLimitKw()),
            usable(site.exportLimit(), 0).orElse(planned.exportLimitKw())));
  }

  private OptionalDouble usable(Input input, double least) {
    OptionalDouble value = input.value();
    // Written so that NaN is refused too.
    if (value.isEmpty() || value.getAsDouble() >= least && value.getAsDouble() <= MOST_KW) {
      return value;
    }
    if (warned.add(input.key())) {
      LOG.warn(
          "{} is {}; allowed is {} to {}; the scenario's value is used instead",
          input.key(),
          value.getAsDouble(),
          least,
          MOST_KW);
    }
    return OptionalDouble.empty();
  }
}
