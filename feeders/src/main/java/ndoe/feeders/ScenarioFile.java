package ndoe.feeders;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the day we run from a scenario file and the files it names. The format is described by
 * {@code scenario.schema.json}.
 */
public final class ScenarioFile {
  private static final int MINUTES_PER_DAY = 24 * 60;

  /** A month of minutes. */
  private static final int MOST_INTERVALS = 31 * MINUTES_PER_DAY;

  private final YamlFile yaml;
  private final YamlMap root;
  private final boolean wholeHistory;
  private int daysLater;
  private List<Horizon> history = List.of();
  private List<Path> feederFiles = List.of();

  private ScenarioFile(YamlFile yaml, boolean wholeHistory) {
    this.yaml = yaml;
    this.root = yaml.root();
    this.wholeHistory = wholeHistory;
  }

  /**
   * Reads a scenario with the feeder and the profiles it names.
   *
   * @throws InvalidInputException with everything that is wrong with any of the files
   */
  public static Scenario read(Path path) {
    return read(YamlFile.read(path));
  }

  /**
   * Reads the same for a later day: its horizon, its weather, its past.
   *
   * @param days the horizon begins after what the file says, ≥ 0
   * @throws InvalidInputException as above, and if the profiles end before
   */
  static Scenario readLater(Path path, int days) {
    ScenarioFile file = new ScenarioFile(YamlFile.read(path), false);
    file.daysLater = days;
    return file.read(true);
  }

  static Scenario read(YamlFile yaml) {
    return new ScenarioFile(yaml, false).read(true);
  }

  /**
   * Reads the same, but with all other whole days of the profiles as history, however few the file
   * asks for.
   *
   * @throws InvalidInputException with everything that is wrong with any of the files
   */
  public static WholeHistory readWithWholeHistory(Path path) {
    ScenarioFile file = new ScenarioFile(YamlFile.read(path), true);
    Scenario scenario = file.read(true);
    return new WholeHistory(scenario, file.history);
  }

  /**
   * A scenario whose prosumers remember more than it asks for.
   *
   * @param days what each entry of a prosumer’s history was measured in, earliest first
   */
  public record WholeHistory(Scenario scenario, List<Horizon> days) {
    public WholeHistory {
      days = List.copyOf(days);
    }
  }

  /**
   * Reads what the operator may know of a scenario, from its own part or from the whole: of
   * prosumers only where and how they are connected; nothing behind a meter is looked at.
   *
   * @throws InvalidInputException with everything that is wrong with that part
   */
  public static Scenario readOperatorPart(Path path) {
    return new ScenarioFile(YamlFile.read(path), false).read(false);
  }

  /**
   * Reads what one prosumer may know of a scenario, from its own part or from the whole: neither
   * the feeder nor another prosumer is looked at.
   *
   * @throws InvalidInputException with everything that is wrong with that part, or if there is no
   *     such prosumer
   */
  public static ProsumerPart readProsumerPart(Path path, ProsumerId id) {
    return new ScenarioFile(YamlFile.read(path), false).readProsumerPart(id);
  }

  private ProsumerPart readProsumerPart(ProsumerId id) {
    root.wholeNumber("format", 1, 1);
    final String name = root.id("name");
    Horizon horizon = horizon();
    YamlMap own = ProsumerReader.entry(root, id);
    yaml.finishPart();
    YamlMap defaults = root.mapOrEmpty("prosumer_defaults").asPartial();
    ProfileCutter profiles =
        new ProfileCutter(profiles(List.of(own, defaults)), horizon, root.map("horizon"));
    Uncertainty uncertainty = uncertainty();
    profiles.useHistoryOf(uncertainty, root, false);
    ProsumerSite site =
        new ProsumerReader(root, Optional.empty(), profiles, new LinkedHashSet<>()).readOne(own);
    Tariff tariff = new TariffReader(root.map("tariff"), horizon).read();
    Optional<List<TradeLink>> links =
        root.has("links") ? Optional.of(TradingReader.ownLinks(root)) : Optional.empty();
    yaml.finishPart();
    return new ProsumerPart(yaml.path(), name, site, horizon, tariff, uncertainty, links);
  }

  private Scenario read(boolean whole) {
    root.wholeNumber("format", 1, 1);
    final String name = root.id("name");
    final String description = root.text("description", "");
    final long seed = root.wholeNumber("seed", 1L);
    Horizon horizon = horizon();
    List<YamlMap> users = List.of(whole ? root : root.map("feeder"));
    ProfileCutter profiles = new ProfileCutter(profiles(users), horizon, root.map("horizon"));
    Optional<Feeder> feeder = feeder();
    Uncertainty uncertainty = uncertainty();
    if (whole) {
      history = profiles.useHistoryOf(uncertainty, root, wholeHistory);
    }
    Set<String> ids = new LinkedHashSet<>();
    ProsumerReader reader = new ProsumerReader(root, feeder, profiles, ids);
    List<ProsumerSite> prosumers = whole ? reader.read() : reader.readConnections();
    OperatorData operator = new OperatorReader(root, feeder, ids).read();
    List<PassiveLoad> passiveLoads = passiveLoads(feeder, prosumers, profiles);
    Tariff tariff = new TariffReader(root.map("tariff"), horizon).read();
    List<TradeLink> links = new TradingReader(root, prosumers, feeder).read();
    if (whole) {
      yaml.finish();
    } else {
      yaml.finishPart();
    }
    return new Scenario(
        yaml.path(),
        Stream.concat(feederFiles.stream(), Stream.of(root.file("profiles"))).toList(),
        name,
        description,
        feeder.orElseThrow(),
        passiveLoads,
        horizon,
        seed,
        tariff,
        links,
        operator,
        uncertainty,
        prosumers);
  }

  private Horizon horizon() {
    YamlMap map = root.map("horizon");
    var start = map.dateTime("start").plusDays(daysLater);
    int minutes = map.wholeNumber("interval_minutes", 1, MINUTES_PER_DAY);
    int intervals = map.wholeNumber("intervals", 1, MOST_INTERVALS);
    if (MINUTES_PER_DAY % minutes != 0) {
      map.problem(
          "interval_minutes", "found %d; allowed is a divisor of a day’s 1440".formatted(minutes));
    }
    return new Horizon(start, minutes, intervals);
  }

  private Optional<ProfileFile> profiles(List<YamlMap> users) {
    int before = yaml.problems().count();
    Path path = root.file("profiles");
    return yaml.problems().count() == before
        ? ProfileFile.read(path, YamlFile.textsUnder("profile", users), yaml.problems())
        : Optional.empty();
  }

  private Optional<Feeder> feeder() {
    YamlMap map = root.map("feeder");
    int before = yaml.problems().count();
    Path script = map.file("dss");
    boolean balanced = map.oneOf("model", Model.BALANCED) == Model.BALANCED;
    YamlMap limitsMap = map.map("voltage_limits_pu");
    Range voltage = Range.between(0.5, 1.5);
    VoltageLimits limits =
        new VoltageLimits(limitsMap.number("min", voltage), limitsMap.number("max", voltage));
    OptionalDouble sourceVoltagePu =
        balanced || map.has("source_voltage_pu")
            ? OptionalDouble.of(map.number("source_voltage_pu", voltage))
            : OptionalDouble.empty();
    YamlMap ratingsMap =
        balanced ? map.map("line_ratings_kva") : map.mapOrEmpty("line_ratings_kva");
    Map<String, Double> ratings = new LinkedHashMap<>();
    for (String line : ratingsMap.keys()) {
      ratings.put(line, ratingsMap.number(line, Range.above(0)));
    }
    if (yaml.problems().count() > before) {
      return Optional.empty();
    }
    if (limits.minPu() >= limits.maxPu()) {
      limitsMap.problem(
          "min", "found %s; allowed is less than max %s".formatted(limits.minPu(), limits.maxPu()));
    } else if (sourceVoltagePu.orElse(limits.minPu()) < limits.minPu()
        || sourceVoltagePu.orElse(limits.maxPu()) > limits.maxPu()) {
      map.problem(
          "source_voltage_pu",
          "found %s; allowed is what voltage_limits_pu allows, %s to %s"
              .formatted(sourceVoltagePu.getAsDouble(), limits.minPu(), limits.maxPu()));
    }
    CircuitReader circuit = new CircuitReader(script, yaml.problems());
    Optional<Feeder> feeder =
        balanced
            ? FeederFile.read(
                script, sourceVoltagePu.orElseThrow(), limits, ratings, yaml.problems())
            : circuit.read(sourceVoltagePu, limits, ratings);
    feederFiles = balanced ? List.of(script) : circuit.files();
    feeder.ifPresent(known -> checkRatedLinesExist(ratingsMap, known));
    return feeder;
  }

  /** How the feeder’s script is read. */
  private enum Model {
    /** By us: a balanced radial feeder. */
    BALANCED,
    /** By OpenDSS: any circuit it can solve. */
    OPENDSS
  }

  private static void checkRatedLinesExist(YamlMap ratings, Feeder feeder) {
    Set<String> names =
        feeder.lines().stream()
            .map(line -> line.id().value())
            .flatMap(name -> Stream.of(name, name.replaceFirst("^line\\.", "")))
            .collect(Collectors.toSet());
    for (String rated : ratings.keys()) {
      if (!rated.equals("default") && names.stream().noneMatch(rated::equalsIgnoreCase)) {
        ratings.problem(rated, "no such line; " + NearNames.advice(rated, names));
      }
    }
  }

  private Uncertainty uncertainty() {
    YamlMap map = root.mapOrEmpty("uncertainty");
    int historyDays = map.wholeNumber("history_days", 1, Integer.MAX_VALUE, 60);
    int samples = map.wholeNumber("scenarios", 1, Integer.MAX_VALUE, 10);
    if (samples > historyDays) {
      map.problem(
          "scenarios",
          "found %d; allowed is at most history_days %d".formatted(samples, historyDays));
    }
    double confidence = map.number("confidence", Range.above(0), 0.95);
    if (confidence >= 1) {
      map.problem("confidence", "found %s; allowed is a number > 0 and < 1".formatted(confidence));
    }
    return new Uncertainty(
        historyDays,
        samples,
        map.oneOf("distance", Uncertainty.Distance.NORM),
        map.oneOf("radius", Uncertainty.Radius.VALID),
        confidence);
  }

  private List<PassiveLoad> passiveLoads(
      Optional<Feeder> feeder, List<ProsumerSite> prosumers, ProfileCutter profiles) {
    YamlMap map = root.map("feeder").map("passive_load");
    Profile shape = profiles.cut(map, map.number("scale", Range.atLeast(0), 1));
    if (feeder.isEmpty()) {
      return List.of();
    }
    Set<List<Integer>> taken =
        prosumers.stream()
            .map(site -> place(feeder.get(), site.connectionPoint().bus()))
            .collect(Collectors.toSet());
    return feeder.get().loads().stream()
        .filter(load -> !taken.contains(place(feeder.get(), load.bus())))
        .map(
            load ->
                new PassiveLoad(
                    load.name(),
                    load.bus(),
                    shape.times(load.activePowerKw()),
                    shape.times(load.reactivePowerKvar())))
        .toList();
  }

  private static List<Integer> place(Feeder feeder, BusId bus) {
    return Arrays.stream(feeder.at(bus)).boxed().toList();
  }
}
