package ndoe.feeders;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Takes a scenario apart: one file with its profiles for the operator and one for each prosumer,
 * each with what that party may know and no more.
 */
public final class ScenarioSplit {
  /** What a site has only if it says so; defaults alone do not give it one. */
  private static final Set<String> DEVICES = Set.of("pv", "wind", "battery", "ev", "micro_turbine");

  private static final List<String> CONNECTION =
      List.of("connection_limit_kw", "default_envelope_kw", "power_factor_tan_phi");

  private final Scenario scenario;
  private final Path folder;
  private final Map<String, Object> whole;

  private ScenarioSplit(Scenario scenario, Path folder, Map<String, Object> whole) {
    this.scenario = scenario;
    this.folder = folder;
    this.whole = whole;
  }

  /**
   * Writes {@code dso.yaml} and a file named after each prosumer.
   *
   * @return the files with the parts, the operator’s first
   * @throws InvalidInputException with everything that is wrong with the scenario, or if its
   *     network is in several folders
   * @throws UncheckedIOException if a file cannot be written
   */
  public static List<Path> write(Path file, Path folder) {
    Scenario scenario = ScenarioFile.read(file);
    try {
      Files.createDirectories(folder);
      Object loaded =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      ScenarioSplit split = new ScenarioSplit(scenario, folder, mapping(loaded));
      List<Path> written = new ArrayList<>();
      written.add(split.writeOperator());
      for (ProsumerSite site : scenario.prosumers()) {
        written.add(split.writeProsumer(site.id()));
      }
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path writeOperator() throws IOException {
    Map<String, Object> part = taken("format", "name", "horizon", "seed", "tariff", "trading");
    Map<String, Object> feeder = new LinkedHashMap<>(mapping(whole.get("feeder")));
    feeder.put("dss", copiedNetwork(Path.of((String) feeder.get("dss"))));
    part.put("feeder", feeder);
    part.put("dso", whole.get("dso"));
    List<Object> points = new ArrayList<>();
    for (ProsumerSite site : scenario.prosumers()) {
      Map<String, Object> own = completed(site.id());
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("id", own.get("id"));
      point.put("bus", own.get("bus"));
      CONNECTION.stream().filter(own::containsKey).forEach(key -> point.put(key, own.get(key)));
      points.add(point);
    }
    part.put("prosumers", points);
    part.put("profiles", copiedProfiles("dso", feeder));
    return write("dso", part);
  }

  private Path writeProsumer(ProsumerId id) throws IOException {
    Map<String, Object> part = taken("format", "name", "horizon", "tariff", "uncertainty");
    Map<String, Object> own = completed(id);
    own.remove("bus");
    part.put("prosumers", List.of(own));
    part.put(
        "links",
        scenario.tradeLinks().stream()
            .filter(link -> link.first().equals(id) || link.second().equals(id))
            .map(ScenarioSplit::described)
            .toList());
    part.put("profiles", copiedProfiles(id.value(), own));
    return write(id.value(), part);
  }

  private static Map<String, Object> described(TradeLink link) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("first", link.first().value());
    described.put("second", link.second().value());
    described.put("limit_kw", link.limitKw());
    described.put("charge_per_kwh", link.chargePerKwh());
    return described;
  }

  private Map<String, Object> taken(String... keys) {
    Map<String, Object> taken = new LinkedHashMap<>();
    for (String key : keys) {
      if (whole.containsKey(key)) {
        taken.put(key, whole.get(key));
      }
    }
    return taken;
  }

  /** A prosumer’s entry with the defaults for all filled in where it leaves something open. */
  private Map<String, Object> completed(ProsumerId id) {
    Map<String, Object> defaults =
        new LinkedHashMap<>(mapping(whole.getOrDefault("prosumer_defaults", Map.of())));
    for (Object entry : (List<?>) whole.get("prosumers")) {
      Map<String, Object> own = mapping(entry);
      if (own.get("id").equals(id.value())) {
        DEVICES.stream().filter(device -> !own.containsKey(device)).forEach(defaults::remove);
        return merged(own, defaults);
      }
    }
    throw new IllegalArgumentException("no prosumer " + id);
  }

  private static Map<String, Object> merged(Map<String, Object> own, Map<String, Object> other) {
    Map<String, Object> merged = new LinkedHashMap<>(own);
    other.forEach(
        (key, value) ->
            merged.merge(
                key,
                value,
                (mine, theirs) ->
                    mine instanceof Map && theirs instanceof Map
                        ? merged(mapping(mine), mapping(theirs))
                        : mine));
    return merged;
  }

  private String copiedNetwork(Path script) throws IOException {
    Path source = scenario.file().resolveSibling(script).toAbsolutePath().normalize();
    Path home = source.getParent();
    Path profiles = profiles();
    for (Path named : scenario.namedFiles()) {
      Path absolute = named.toAbsolutePath().normalize();
      if (absolute.equals(profiles)) {
        continue;
      }
      if (!absolute.startsWith(home)) {
        throw new InvalidInputException(
            List.of(
                new InvalidInputException.Problem(
                    scenario.file(),
                    0,
                    "feeder.dss",
                    "%s is not below the folder of %s, so it cannot be copied with it"
                        .formatted(named, script))));
      }
      Path copy = folder.resolve(home.relativize(absolute).toString());
      Files.createDirectories(copy.toAbsolutePath().getParent());
      Files.write(copy, Files.readAllBytes(absolute));
    }
    return source.getFileName().toString();
  }

  private Path profiles() {
    Path named = Path.of((String) whole.get("profiles"));
    return scenario.file().resolveSibling(named).toAbsolutePath().normalize();
  }

  /** Only the columns a part names, value by value as they stand. */
  private String copiedProfiles(String party, Object part) throws IOException {
    Set<String> wanted = new TreeSet<>();
    collectProfiles(part, wanted);
    String name = party + "-profiles.csv.gz";
    InputStream bytes = new BufferedInputStream(Files.newInputStream(profiles()), 1 << 16);
    try (InputStream plain =
            profiles().toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        CsvReader<CsvRecord> csv =
            CsvReader.builder().ofCsvRecord(new InputStreamReader(plain, StandardCharsets.UTF_8));
        CsvWriter out =
            CsvWriter.builder()
                .build(
                    new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))),
                        StandardCharsets.UTF_8))) {
      List<Integer> kept = null;
      for (CsvRecord row : csv) {
        if (kept == null) {
          kept = positions(row, wanted);
        }
        out.writeRecord(kept.stream().map(row::getField).toList());
      }
    }
    return name;
  }

  private static List<Integer> positions(CsvRecord header, Set<String> wanted) {
    Set<Integer> positions = new LinkedHashSet<>(List.of(0));
    for (int i = 1; i < header.getFieldCount(); i++) {
      if (wanted.contains(header.getField(i))) {
        positions.add(i);
      }
    }
    return positions.stream().sorted(Comparator.naturalOrder()).toList();
  }

  private static void collectProfiles(Object part, Set<String> profiles) {
    if (part instanceof Map<?, ?> map) {
      if (map.get("profile") instanceof String profile) {
        profiles.add(profile);
      }
      map.values().forEach(value -> collectProfiles(value, profiles));
    } else if (part instanceof List<?> list) {
      list.forEach(value -> collectProfiles(value, profiles));
    }
  }

  private Path write(String party, Map<String, Object> part) throws IOException {
    Path file = folder.resolve(party + ".yaml");
    String text =
        new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).build())
            .dumpToString(part);
    return Files.writeString(file, text);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Object value) {
    return (Map<String, Object>) value;
  }
}
