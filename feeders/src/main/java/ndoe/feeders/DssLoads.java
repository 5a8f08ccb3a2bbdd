package ndoe.feeders;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes loads of the Load elements of a script. */
final class DssLoads {
  private final BusNames buses;
  private final double nominalKv;
  private final VoltageLimits limits;

  DssLoads(BusNames buses, double nominalKv, VoltageLimits limits) {
    this.buses = buses;
    this.nominalKv = nominalKv;
    this.limits = limits;
  }

  Optional<Load> load(DssElement element) {
    element.onlyAllow("phases", "3");
    element.onlyAllow("model", "1");
    element.onlyAllow("conn", "wye", "delta", "y", "ln", "d", "ll");
    checkVoltage(element);
    Optional<BusId> bus = bus(element);
    OptionalDouble activeKw = element.number("kw", Range.atLeast(0));
    OptionalDouble reactiveKvar = reactivePower(element, activeKw.orElse(0));
    return bus.isEmpty() || activeKw.isEmpty() || reactiveKvar.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Load(
                element.name(), bus.get(), activeKw.getAsDouble(), reactiveKvar.getAsDouble()));
  }

  private Optional<BusId> bus(DssElement element) {
    Optional<String> name = BusNames.read(element, "bus1");
    Optional<BusId> bus = name.flatMap(buses::find);
    if (name.isPresent() && bus.isEmpty()) {
      List<String> known = buses.all().stream().map(BusId::value).toList();
      element.problem(
          "bus1",
          "no line ends at bus %s; %s".formatted(name.get(), NearNames.advice(name.get(), known)));
    }
    return bus;
  }

  private void checkVoltage(DssElement element) {
    OptionalDouble kv = element.number("kv", Range.above(0));
    if (kv.isPresent() && Math.abs(kv.getAsDouble() / nominalKv - 1) > 1e-3) {
      element.problem(
          "kv", "found %s; allowed is the source’s %s kV".formatted(kv.getAsDouble(), nominalKv));
    }
    // OpenDSS turns a load into an impedance outside this band; our loads never are.
    double low = element.number("vminpu", Range.atLeast(0), 0.95);
    double high = element.number("vmaxpu", Range.atLeast(0), 1.05);
    if (low > limits.minPu()) {
      element.problem(
          "vminpu",
          "is %s; allowed is at most the lower voltage limit %s".formatted(low, limits.minPu()));
    }
    if (high < limits.maxPu()) {
      element.problem(
          "vmaxpu",
          "is %s; allowed is at least the upper voltage limit %s".formatted(high, limits.maxPu()));
    }
  }

  private static OptionalDouble reactivePower(DssElement element, double activeKw) {
    if (element.has("kvar") == element.has("pf")) {
      element.problem("kvar", "needed is either kvar or pf");
      return OptionalDouble.empty();
    }
    if (element.has("kvar")) {
      return element.number("kvar", Range.finite());
    }
    OptionalDouble factor = element.number("pf", Range.between(-1, 1));
    if (factor.isPresent() && factor.getAsDouble() == 0) {
      element.problem("pf", "found 0; allowed is a number from -1 to 1 but not 0");
      return OptionalDouble.empty();
    }
    return factor.isEmpty()
        ? factor
        : OptionalDouble.of(activeKw * Math.tan(Math.acos(factor.getAsDouble())));
  }
}
