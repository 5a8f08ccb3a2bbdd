package ndoe.controller.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import ndoe.controller.loop.FleetOverview;
import ndoe.devices.gridsimulator.ScpiProfile;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import ndoe.devices.sunspec.SunSpecQuirks;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.InvalidInputException.Problem;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/**
 * Explains input files before anything starts. A fleet is checked against the scenarios given with
 * it, else against the reference day.
 */
public final class FileCheck {
  private final Path reference;
  private final Map<Path, Optional<Scenario>> scenarios = new LinkedHashMap<>();

  private FileCheck(Path reference) {
    this.reference = reference;
  }

  /**
   * Checks files, scenarios first.
   *
   * @param reference scenario for fleets that come without one
   * @param heard of each file as soon as it is checked
   * @return whether all of them can be used
   */
  public static boolean check(List<Path> files, Path reference, Consumer<Checked> heard) {
    return new FileCheck(reference).check(files, heard);
  }

  private boolean check(List<Path> files, Consumer<Checked> heard) {
    boolean usable = true;
    Map<Path, FileKind> others = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".dss")) {
          throw new InvalidInputException(
              List.of(
                  new Problem(
                      file, 0, "", "give the scenario that names it: it is checked with that")));
        }
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.SCENARIO) {
          usable &= tell(scenario(file), heard);
        } else {
          others.put(file, kind);
        }
      } catch (InvalidInputException unknown) {
        usable &=
            tell(Checked.refused(file, "no file that can be checked", unknown.problems()), heard);
      }
    }
    for (Map.Entry<Path, FileKind> other : others.entrySet()) {
      for (Checked checked : other(other.getKey(), other.getValue())) {
        usable &= tell(checked, heard);
      }
    }
    return usable;
  }

  private static boolean tell(Checked checked, Consumer<Checked> heard) {
    heard.accept(checked);
    return checked.isUsable();
  }

  private Checked scenario(Path file) {
    try {
      Scenario scenario = ScenarioFile.read(file);
      scenarios.put(file, Optional.of(scenario));
      return ScenarioCheck.of(file, scenario);
    } catch (InvalidInputException e) {
      scenarios.put(file, Optional.empty());
      return Checked.refused(file, FileKind.SCENARIO.label(), e.problems());
    }
  }

  private List<Checked> other(Path file, FileKind kind) {
    try {
      return switch (kind) {
        case SCENARIO -> throw new IllegalStateException("scenarios come first");
        case FLEET -> fleet(file);
        case EMULATED_FLEET ->
            List.of(usable(file, kind.label(), overview(FleetOverview.ofEmulatedFleet(file))));
        case QUIRKS -> List.of(usable(file, kind.label(), quirks(SunSpecQuirks.read(file))));
        case COMMAND_PROFILE ->
            List.of(usable(file, kind.label(), profile(ScpiProfileFile.read(file))));
      };
    } catch (InvalidInputException e) {
      return List.of(Checked.refused(file, kind.label(), e.problems()));
    } catch (IllegalArgumentException e) {
      // These readers begin the message with the file.
      String message = String.valueOf(e.getMessage());
      String start = file.toString();
      String rest = message.startsWith(start) ? message.substring(start.length()) : message;
      return List.of(Checked.refused(file, kind.label(), rest.replaceFirst("^:? +", "")));
    }
  }

  /** Once for every scenario given. */
  private List<Checked> fleet(Path file) {
    if (scenarios.isEmpty()) {
      return List.of(
          fleet(
              file,
              ScenarioFile.read(reference),
              "%s (for the reference day %s; name its scenario too)"
                  .formatted(FileKind.FLEET.label(), reference)));
    }
    List<Checked> checked = new ArrayList<>();
    scenarios.forEach(
        (path, scenario) -> {
          String kind = "%s for %s".formatted(FileKind.FLEET.label(), path);
          checked.add(
              scenario
                  .map(known -> fleet(file, known, kind))
                  .orElseGet(
                      () ->
                          Checked.refused(
                              file, kind, "not checked, because its scenario has problems")));
        });
    return checked;
  }

  private static Checked fleet(Path file, Scenario scenario, String kind) {
    try {
      FleetOverview fleet = FleetOverview.ofFleet(file, scenario);
      List<String> summary = new ArrayList<>(overview(fleet));
      int all = FleetOverview.ofScenario(scenario).devices().size();
      summary.add("emulated: the %d other devices".formatted(all - fleet.devices().size()));
      return usable(file, kind, summary);
    } catch (InvalidInputException e) {
      return Checked.refused(file, kind, e.problems());
    }
  }

  private static Checked usable(Path file, String kind, List<String> summary) {
    return new Checked(file, kind, List.of(), List.of(), summary);
  }

  private static List<String> overview(FleetOverview fleet) {
    List<String> lines = new ArrayList<>();
    lines.add("site: " + fleet.site() + fleet.broker().map(b -> ", broker " + b).orElse(""));
    lines.add(
        "devices: %d%s"
            .formatted(
                fleet.devices().size(),
                fleet.devices().isEmpty()
                    ? ""
                    : ": " + ScenarioCheck.counts(ScenarioCheck.roles(fleet))));
    for (FleetOverview.Device device : fleet.devices()) {
      lines.add(
          "  %s, %s of %s, %s"
              .formatted(device.id(), device.role(), device.owner(), device.connection()));
    }
    fleet.gridSimulator().ifPresent(simulator -> lines.add("grid simulator: " + simulator));
    return lines;
  }

  private static List<String> quirks(SunSpecQuirks quirks) {
    return List.of(
        "marker looked for at "
            + (quirks.base().isPresent() ? quirks.base().getAsInt() : "the usual registers")
            + quirks.unitId().stream().mapToObj(unit -> ", unit " + unit).findFirst().orElse(""),
        "%d ms between requests, at most %d registers each"
            .formatted(quirks.gap().toMillis(), quirks.mostRegisters()),
        "power counted as a %s, percent of the %s"
            .formatted(
                quirks.sign().name().toLowerCase(Locale.ROOT),
                quirks.percentBase().name().toLowerCase(Locale.ROOT)));
  }

  private static List<String> profile(ScpiProfile profile) {
    return List.of("%s, %s".formatted(profile.name(), profile.vendor()));
  }
}
