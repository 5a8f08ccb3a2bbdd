package ndoe.controller.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ndoe.controller.loop.FleetOverview;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatorData;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/** What a scenario that can be read asks for, and what in it will surprise. */
final class ScenarioCheck {
  private static final String LABEL = FileKind.SCENARIO.label();
  private static final int MOST_DIFFERENCES = 10;

  private final Path file;
  private final Scenario scenario;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> summary = new ArrayList<>();

  private ScenarioCheck(Path file, Scenario scenario) {
    this.file = file;
    this.scenario = scenario;
  }

  /** Solves the feeder; takes seconds. */
  static Checked of(Path file, Scenario scenario) {
    return new ScenarioCheck(file, scenario).check();
  }

  private Checked check() {
    summary.add(
        scenario.description().isEmpty()
            ? scenario.name()
            : scenario.name() + ": " + scenario.description());
    feeder();
    horizon();
    prosumers();
    operator();
    List<OwnState> states = OwnState.all(scenario);
    summary.add(states.get(0).line());
    states.forEach(state -> state.warning(scenario).ifPresent(warnings::add));
    loadsBeyondConnections();
    return new Checked(file, LABEL, List.of(), warnings, summary);
  }

  private void feeder() {
    Feeder feeder = scenario.feeder();
    String reading = "read and solved by OpenDSS";
    if (feeder.isBalanced()) {
      List<String> differences = EngineReading.differences(scenario.namedFiles().get(0), feeder);
      differences.stream()
          .limit(MOST_DIFFERENCES)
          .forEach(difference -> warnings.add(feeder.name() + " is read otherwise: " + difference));
      reading =
          differences.isEmpty()
              ? "OpenDSS reads its script alike"
              : differences.size() + " differences to what OpenDSS reads";
    }
    summary.add(
        text(
            "feeder: %d %s, %d lines, %s kV, source at %s pu, limits %s to %s pu; %s",
            feeder.buses().size(),
            feeder.isBalanced() ? "buses" : "nodes",
            feeder.lines().size(),
            feeder.nominalVoltageKv(),
            feeder.sourceVoltagePu(),
            feeder.voltageLimits().minPu(),
            feeder.voltageLimits().maxPu(),
            reading));
  }

  private void horizon() {
    summary.add(
        text(
            "horizon: %s to %s, %d intervals of %d min; profiles cover it and %d days of history",
            scenario.horizon().start(),
            scenario.horizon().end(),
            scenario.horizon().intervals(),
            scenario.horizon().intervalMinutes(),
            scenario.uncertainty().historyDays()));
  }

  private void prosumers() {
    String ids =
        scenario.prosumers().stream()
            .map(site -> site.id() + " at " + site.connectionPoint().bus())
            .collect(Collectors.joining(", "));
    summary.add("prosumers: %d: %s".formatted(scenario.prosumers().size(), ids));
    Map<String, Long> roles = roles(FleetOverview.ofScenario(scenario));
    long devices = roles.values().stream().mapToLong(Long::longValue).sum();
    summary.add("devices: %d: %s".formatted(devices, counts(roles)));
    summary.add("trade links: %d".formatted(scenario.tradeLinks().size()));
  }

  private void operator() {
    OperatorData operator = scenario.operator();
    summary.add(
        text(
            "operator: static var compensators %d, batteries %d; %s margins, limits may break in"
                + " %.3g %% of intervals",
            operator.staticVarCompensators().size(),
            operator.batteries().size(),
            operator.riskMode().name().toLowerCase(Locale.ROOT),
            100 * operator.violationProbability()));
  }

  /** Load cannot be shed by command, so such a prosumer breaks any envelope. */
  private void loadsBeyondConnections() {
    for (ProsumerSite site : scenario.prosumers()) {
      double peakKw = site.loadKw().stream().max().orElse(0);
      double capacityKw = site.connectionPoint().importCapacityKw();
      if (peakKw > capacityKw) {
        warnings.add(
            text(
                "load of prosumer %s reaches %.4g kW, but its connection_limit_kw.import is %.4g",
                site.id(), peakKw, capacityKw));
      }
    }
  }

  static Map<String, Long> roles(FleetOverview fleet) {
    return fleet.devices().stream()
        .collect(
            Collectors.groupingBy(FleetOverview.Device::role, TreeMap::new, Collectors.counting()));
  }

  static String counts(Map<String, Long> roles) {
    return roles.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
