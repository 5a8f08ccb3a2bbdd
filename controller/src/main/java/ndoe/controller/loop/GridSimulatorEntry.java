package ndoe.controller.loop;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.devices.fleet.Role;
import ndoe.devices.gridsimulator.GridSimulatorSettings;
import ndoe.devices.gridsimulator.GridSimulatorSettings.Leave;
import ndoe.devices.gridsimulator.GridSimulatorSettings.OnlyMagnitude;
import ndoe.devices.gridsimulator.LoopSettings;
import ndoe.devices.gridsimulator.ScpiAddress;
import ndoe.devices.gridsimulator.ScpiOperation;
import ndoe.devices.gridsimulator.ScpiProfile;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Range;
import ndoe.feeders.YamlMap;

/**
 * The grid simulator of a fleet file, key {@code grid_simulator}.
 *
 * @param timeout for one exchange with it
 * @param prosumer whose connection point’s voltage it gives
 * @param role of the prosumer’s device whose power its hardware replaces
 */
record GridSimulatorEntry(
    ScpiAddress address,
    Duration timeout,
    ScpiProfile profile,
    ProsumerId prosumer,
    Role role,
    GridSimulatorSettings simulator,
    LoopSettings loop) {
  private static final String KEY = "grid_simulator";

  /** Reads the key if it is there; notes every problem with the file. */
  static Optional<GridSimulatorEntry> read(YamlMap root, List<DeviceNeed> needs) {
    return root.optionalMap(KEY).flatMap(entry -> read(entry, root, needs));
  }

  private static Optional<GridSimulatorEntry> read(
      YamlMap entry, YamlMap root, List<DeviceNeed> needs) {
    String host = entry.text("host");
    int port = entry.wholeNumber("port", 1, 65_535, ScpiAddress.USUAL_PORT);
    Duration timeout = Duration.ofMillis(entry.wholeNumber("timeout_ms", 10, 60_000, 1000));
    Optional<ScpiProfile> profile = profile(entry);
    String prosumer = entry.text("prosumer");
    Role role = entry.oneOf("role", Role.METER);
    GridSimulatorSettings simulator = simulator(entry);
    Optional<DeviceNeed> need = need(entry, prosumer, role, needs);
    LoopSettings loop = loop(entry, need.map(GridSimulatorEntry::ratingKw).orElse(1.0));
    try {
      ScpiAddress address = new ScpiAddress(host, port);
      return need.isEmpty()
          ? Optional.empty()
          : profile.map(
              p ->
                  new GridSimulatorEntry(
                      address, timeout, p, need.get().owner(), role, simulator, loop));
    } catch (IllegalArgumentException e) {
      root.problem(KEY, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<DeviceNeed> need(
      YamlMap entry, String prosumer, Role role, List<DeviceNeed> needs) {
    Optional<DeviceNeed> need =
        needs.stream()
            .filter(n -> n.owner().value().equals(prosumer) && n.role() == role)
            .findFirst();
    if (need.isEmpty()) {
      String pairs =
          needs.stream()
              .map(n -> n.owner() + " " + n.role().name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      entry.problem(
          "prosumer",
          "\"%s\" has no %s in this scenario; there are: %s"
              .formatted(prosumer, role.name().toLowerCase(Locale.ROOT), pairs));
    }
    return need;
  }

  private static double ratingKw(DeviceNeed need) {
    return Math.max(need.rating().injectionKw(), need.rating().drawKw());
  }

  private static Optional<ScpiProfile> profile(YamlMap entry) {
    String name = entry.text("profile");
    try {
      ScpiProfile profile =
          ScpiProfileFile.BUILT_IN.contains(name)
              ? ScpiProfileFile.find(name)
              : ScpiProfileFile.find(entry.file("profile").toString());
      for (ScpiOperation needed : ScpiOperation.NEEDED_FOR_HARDWARE) {
        if (!profile.has(needed)) {
          entry.problem(
              "profile",
              "%s has no command for: %s; add %s to a profile file of your own"
                  .formatted(name, needed, needed.key()));
        }
      }
      return Optional.of(profile);
    } catch (IllegalArgumentException e) {
      entry.problem("profile", e.getMessage());
      return Optional.empty();
    }
  }

  private static GridSimulatorSettings simulator(YamlMap entry) {
    double nominal = entry.number("nominal_v", Range.between(1, 1000));
    double hertz = entry.number("nominal_hz", Range.between(15, 400), 50);
    int phases = entry.wholeNumber("phases", 1, 3, 3);
    if (phases == 2) {
      entry.problem("phases", "2; allowed is 1 or 3");
      phases = 3;
    }
    return new GridSimulatorSettings(
        nominal,
        hertz,
        phases,
        entry.number("max_current_a", Range.between(0.01, 10_000)),
        entry.number("lowest_pu", Range.between(0.1, 0.99), 0.8),
        entry.number("highest_pu", Range.between(1.01, 1.5), 1.2),
        entry.number("step_pu", Range.between(0.0001, 0.05), 0.01),
        entry.number("slew_pu_per_s", Range.between(0.001, 10), 0.1),
        entry.oneOf("on_exit", Leave.OFF),
        entry.oneOf("reactive_magnitude", OnlyMagnitude.IGNORED));
  }

  private static LoopSettings loop(YamlMap entry, double ratingKw) {
    double scale = entry.number("scale", Range.above(0), 1);
    Duration response = seconds(entry.number("response_s", Range.between(0, 600), 5));
    LoopSettings usual = LoopSettings.usual(ratingKw, scale, response);
    return new LoopSettings(
        entry.number("relaxation", Range.between(0.05, 1), usual.relaxation()),
        entry.number("step_pu", Range.between(0.0001, 0.05), usual.stepPu()),
        entry.number("step_kw", Range.above(0), usual.stepKva()),
        scale,
        response,
        entry.wholeNumber("readings", 1, 1000, usual.readings()),
        seconds(entry.number("reading_every_s", Range.between(0, 60), 0.1)),
        seconds(entry.number("stale_s", Range.between(0.01, 60), 5)),
        usual.deviationPu(),
        usual.growingSteps(),
        entry.number("tolerance_kw", Range.above(0), usual.toleranceKva()),
        usual.tolerancePu(),
        entry.number("equal_kw", Range.above(0), usual.equalKw()),
        entry.wholeNumber("most_steps", 1, 10_000, usual.mostSteps()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
