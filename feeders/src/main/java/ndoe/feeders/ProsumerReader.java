package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import ndoe.feeders.ProsumerSite.ElectricVehicle;
import ndoe.feeders.ProsumerSite.Generator;
import ndoe.feeders.ProsumerSite.MicroTurbine;

/** Reads the prosumers of a scenario, each completed by the defaults for all. */
final class ProsumerReader {
  private final YamlMap root;
  private final Optional<Feeder> feeder;
  private final ProfileCutter profiles;
  private final Set<String> ids;

  /** {@code ids} are those taken so far, in lower case; those read are added. */
  ProsumerReader(YamlMap root, Optional<Feeder> feeder, ProfileCutter profiles, Set<String> ids) {
    this.root = root;
    this.feeder = feeder;
    this.profiles = profiles;
    this.ids = ids;
  }

  List<ProsumerSite> read() {
    YamlMap defaults = root.mapOrEmpty("prosumer_defaults").asPartial();
    site(new ProsumerId("defaults"), new BusId("defaults"), defaults);
    List<YamlMap> maps = root.maps("prosumers", true);
    if (maps.isEmpty() && root.has("prosumers")) {
      root.problem("prosumers", "needed is at least one");
    }
    List<ProsumerSite> sites = new ArrayList<>();
    for (YamlMap map : maps) {
      ProsumerId id = new ProsumerId(newId(map, ids));
      sites.add(site(id, bus(map), map.withDefaults(defaults)));
    }
    return sites;
  }

  /** Only where and how prosumers are connected; their sites seem empty. */
  List<ProsumerSite> readConnections() {
    YamlMap defaults = root.mapOrEmpty("prosumer_defaults").asPartial();
    List<ProsumerSite> sites = new ArrayList<>();
    for (YamlMap map : root.maps("prosumers", true)) {
      ProsumerId id = new ProsumerId(newId(map, ids));
      sites.add(emptySite(connectionPoint(id, bus(map), map.withDefaults(defaults))));
    }
    return sites;
  }

  private ProsumerSite emptySite(ConnectionPoint point) {
    return new ProsumerSite(
        point,
        profiles.nothing(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        List.of());
  }

  /** The entry of one prosumer; a problem of the file when there is none. */
  static YamlMap entry(YamlMap root, ProsumerId id) {
    List<String> known = new ArrayList<>();
    for (YamlMap map : root.maps("prosumers", true)) {
      known.add(map.id("id"));
      if (known.get(known.size() - 1).equals(id.value())) {
        return map;
      }
    }
    root.problem("prosumers", "no %s here; %s".formatted(id, NearNames.advice(id.value(), known)));
    return root;
  }

  /** One prosumer, which has no need to know the name of its bus. */
  ProsumerSite readOne(YamlMap own) {
    ProsumerId id = new ProsumerId(newId(own, ids));
    YamlMap defaults = root.mapOrEmpty("prosumer_defaults").asPartial();
    return site(id, new BusId(id.value()), own.withDefaults(defaults));
  }

  static String newId(YamlMap map, Set<String> ids) {
    String id = map.id("id");
    if (map.has("id") && !ids.add(id.toLowerCase(Locale.ROOT))) {
      map.problem("id", "%s is given twice; ids differ in more than case".formatted(id));
    }
    return id;
  }

  private BusId bus(YamlMap map) {
    BusId bus = bus(map, feeder);
    if (feeder.isPresent()
        && map.has("bus")
        && bus.withoutPhases().equals(feeder.get().sourceBus())) {
      map.problem("bus", "%s is the source bus; allowed is any other".formatted(bus));
    }
    return bus;
  }

  static BusId bus(YamlMap map, Optional<Feeder> feeder) {
    if (feeder.isEmpty()) {
      return new BusId(map.text("bus"));
    }
    List<String> buses = feeder.get().buses().stream().map(BusId::value).toList();
    if (feeder.get().isBalanced()) {
      return new BusId(map.oneOf("bus", buses, "a bus of the feeder"));
    }
    BusId place = new BusId(map.text("bus").toLowerCase(Locale.ROOT));
    if (feeder.get().at(place).length == 0) {
      map.oneOf("bus", buses, "a bus of the circuit, with or without phases");
    }
    return place;
  }

  private ProsumerSite site(ProsumerId id, BusId bus, YamlMap map) {
    YamlMap load = map.map("load");
    Profile loadKw = profiles.cut(load, load.number("peak_kw", Range.atLeast(0)));
    List<Profile> history = profiles.emptyHistory();
    List<Optional<Generator>> generators = new ArrayList<>();
    for (String kind : List.of("pv", "wind")) {
      Optional<YamlMap> plant = map.optionalMap(kind);
      double peakKw = plant.map(known -> known.number("peak_kw", Range.atLeast(0))).orElse(0.0);
      generators.add(plant.map(known -> new Generator(peakKw, profiles.cut(known, peakKw))));
      if (plant.isPresent()) {
        history = sum(history, profiles.cutHistory(plant.get(), peakKw));
      }
    }
    return new ProsumerSite(
        connectionPoint(id, bus, map),
        loadKw,
        generators.get(0),
        generators.get(1),
        map.optionalMap("battery").map(StorageReader::read),
        map.optionalMap("ev").map(ProsumerReader::vehicle),
        map.optionalMap("micro_turbine").map(ProsumerReader::microTurbine),
        map.number("flexible_load_fraction", Range.between(0, 1), 0),
        map.number("shed_price_per_kwh", Range.atLeast(0)),
        map.number("curtailment_price_per_kwh", Range.atLeast(0), 0),
        history);
  }

  private static List<Profile> sum(List<Profile> some, List<Profile> others) {
    List<Profile> sums = new ArrayList<>();
    for (int day = 0; day < some.size(); day++) {
      Profile other = others.get(day);
      sums.add(some.get(day).intervals() == other.intervals() ? some.get(day).plus(other) : other);
    }
    return sums;
  }

  private static ConnectionPoint connectionPoint(ProsumerId id, BusId bus, YamlMap map) {
    YamlMap capacity = map.map("connection_limit_kw");
    double importKw = capacity.number("import", Range.atLeast(0));
    double exportKw = capacity.number("export", Range.atLeast(0));
    YamlMap envelope = map.map("default_envelope_kw");
    return new ConnectionPoint(
        id,
        bus,
        map.number("power_factor_tan_phi", Range.between(-5, 5), 0),
        importKw,
        exportKw,
        new OperatingEnvelope(
            within(envelope, "import", importKw, capacity),
            within(envelope, "export", exportKw, capacity)));
  }

  private static double within(YamlMap envelope, String key, double limitKw, YamlMap capacity) {
    double valueKw = envelope.number(key, Range.atLeast(0));
    if (valueKw > limitKw && envelope.isScalar(key) && capacity.isScalar(key)) {
      envelope.problem(
          key,
          "found %s; allowed is at most connection_limit_kw.%s %s"
              .formatted(valueKw, key, limitKw));
    }
    return valueKw;
  }

  private static ElectricVehicle vehicle(YamlMap map) {
    double energyKwh = map.number("energy_kwh", Range.above(0));
    double requiredKwh = map.number("required_kwh", Range.atLeast(0));
    if (requiredKwh > energyKwh && map.isScalar("energy_kwh") && map.isScalar("required_kwh")) {
      map.problem(
          "required_kwh",
          "found %s; allowed is at most energy_kwh %s".formatted(requiredKwh, energyKwh));
    }
    var arrive = map.time("arrive");
    var depart = map.time("depart");
    if (arrive.equals(depart) && map.isScalar("arrive") && map.isScalar("depart")) {
      map.problem("depart", "found %s; allowed is another time than arrive".formatted(depart));
    }
    return new ElectricVehicle(
        map.number("power_kw", Range.above(0)),
        energyKwh,
        arrive,
        depart,
        requiredKwh,
        map.number("unserved_price_per_kwh", Range.atLeast(0)));
  }

  private static MicroTurbine microTurbine(YamlMap map) {
    return new MicroTurbine(
        map.number("power_kw", Range.above(0)), map.number("cost_per_kwh", Range.atLeast(0)));
  }
}
