package ndoe.controller.check;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.InvalidInputException.Problem;
import ndoe.feeders.YamlFile;
import ndoe.feeders.YamlMap;

/** What an input file is, told by the keys it has. */
public enum FileKind {
  /** The day to run. */
  SCENARIO(
      "a scenario",
      Set.of(
          "name",
          "feeder",
          "horizon",
          "profiles",
          "seed",
          "tariff",
          "trading",
          "dso",
          "uncertainty",
          "prosumer_defaults",
          "prosumers"),
      Set.of()),
  /** Real devices for {@code run --fleet}. */
  FLEET(
      "a fleet of real devices",
      Set.of("devices", "grid_simulator", "reversion_s"),
      Set.of("modbus", "mqtt", "scale", "frozen_after_s", "on_exit", "ramp_kw_per_s")),
  /** Devices for {@code emulate}. */
  EMULATED_FLEET(
      "a list of emulated devices",
      Set.of("devices"),
      Set.of(
          "rating_kw",
          "charge_kw",
          "discharge_kw",
          "energy_kwh",
          "available_kw",
          "demand_kw",
          "protocol",
          "flavour",
          "fault",
          "base")),
  /** In what a SunSpec device differs from others. */
  QUIRKS(
      "quirks of a SunSpec device",
      Set.of("base", "unit", "request_gap_ms", "registers_per_request", "sign", "percent_base"),
      Set.of()),
  /** The commands of a grid simulator. */
  COMMAND_PROFILE(
      "a command profile of a grid simulator",
      Set.of("vendor", "identification", "verified", "power_positive", "commands", "notes"),
      Set.of());

  private final String label;
  private final Set<String> keys;
  private final Set<String> deviceKeys;

  FileKind(String label, Set<String> keys, Set<String> deviceKeys) {
    this.label = label;
    this.keys = keys;
    this.deviceKeys = deviceKeys;
  }

  /** What it is called, with its article. */
  public String label() {
    return label;
  }

  /**
   * Finds out by the keys a file and its devices have, of which some may be mistyped.
   *
   * @throws InvalidInputException if it is no mapping of keys to values, or has keys of none
   */
  public static FileKind of(Path file) {
    YamlMap root = YamlFile.read(file).root();
    Set<String> found = root.keys();
    Set<String> ofDevices = new LinkedHashSet<>();
    root.maps("devices", false).forEach(device -> ofDevices.addAll(device.keys()));
    FileKind most = SCENARIO;
    for (FileKind kind : values()) {
      if (kind.votes(found, ofDevices) > most.votes(found, ofDevices)) {
        most = kind;
      }
    }
    if (most.votes(found, ofDevices) == 0) {
      throw new InvalidInputException(List.of(new Problem(file, 0, "", nothing(found))));
    }
    return most;
  }

  private long votes(Set<String> found, Set<String> ofDevices) {
    return found.stream().filter(keys::contains).count()
        + ofDevices.stream().filter(deviceKeys::contains).count();
  }

  private static String nothing(Set<String> found) {
    return "found the keys %s; allowed are those of %s"
        .formatted(
            found,
            Arrays.stream(values())
                .map(kind -> kind.label + " (" + kind.someKeys() + ")")
                .collect(Collectors.joining(" or ")));
  }

  private String someKeys() {
    String some = keys.stream().sorted().limit(6).collect(Collectors.joining(", "));
    return keys.size() > 6 ? some + ", …" : some;
  }
}
