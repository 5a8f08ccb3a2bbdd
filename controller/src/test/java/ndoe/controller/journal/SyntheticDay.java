package ndoe.controller.journal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Verdict;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/**
 * Fills run folders with a day that could have been: the reference scenario’s loads and weather,
 * batteries that flatten, a linear feeder. Nothing is negotiated, judged or measured.
 */
public final class SyntheticDay {
  private static final Path REFERENCE = Path.of("../feeders/ieee33/ieee33-improved.yaml");
  private static final Instant START = Instant.parse("2026-03-01T09:30:00Z");

  private final Scenario scenario;
  private final EnvelopePlan plan;
  private double phaseSpreadPu;

  private SyntheticDay(Scenario scenario) {
    this.scenario = scenario;
    plan = plan(scenario);
  }

  public static SyntheticDay reference() {
    return of(Reference.SCENARIO);
  }

  public static SyntheticDay of(Scenario scenario) {
    return new SyntheticDay(scenario);
  }

  public static Clock clock() {
    return Clock.fixed(START, ZoneOffset.UTC);
  }

  /** Phases that far apart from their neighbor, per unit. */
  public SyntheticDay unbalanced(double spreadPu) {
    phaseSpreadPu = spreadPu;
    return this;
  }

  public Scenario scenario() {
    return scenario;
  }

  public EnvelopePlan plan() {
    return plan;
  }

  /** Envelopes and a certificate, no devices. */
  public Path negotiated(Path parent) {
    try (RunFolder folder = RunFolder.create(parent, scenario.name(), clock())) {
      negotiate(folder, "negotiate");
      folder.end(RunStatus.COMPLETED, 0, "");
      return folder.path();
    }
  }

  /** The whole day with devices. */
  public Path run(Path parent) {
    try (RunFolder folder = RunFolder.create(parent, scenario.name(), clock())) {
      negotiate(folder, "run");
      steps(folder, scenario.horizon().intervals());
      folder.timing("loop", Duration.ofMillis(41_730));
      folder.end(RunStatus.COMPLETED, 0, "");
      return folder.path();
    }
  }

  /** A run that is still going, {@code intervals} into the day. */
  public RunFolder running(Path parent, int intervals) {
    RunFolder folder = RunFolder.create(parent, scenario.name(), clock());
    negotiate(folder, "run");
    steps(folder, intervals);
    return folder;
  }

  private void negotiate(RunFolder folder, String command) {
    folder.start(
        new RunStart(
            command,
            "dso",
            scenario.seed(),
            1,
            scenario,
            List.of(),
            Versions.here("0.1.0", "a linear feeder")));
    new SyntheticMarket(scenario).record(folder);
    folder.envelopes(plan);
    folder.assets(
        List.of(new AssetSchedule("svc1", plan.points().get(0).bus(), constant(0), constant(120))));
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("network_losses", 412.6);
    parts.put("prosumer_energy", 2871.4);
    parts.put("battery_wear", 96.25);
    parts.put("value_of_freedom", -231.7);
    folder.agreed(
        new AgreementFacts(
            -231.7,
            3380.25,
            parts,
            Map.of("P18", 12.5),
            true,
            14,
            41,
            5,
            1,
            OptionalDouble.of(3146.2),
            OptionalDouble.of(0.00065),
            2_345,
            1_200_000));
    folder.judged(
        new Verdict.Certificate(
            14_688, 0.9503, 1.0489, 0.873, 200, scenario.seed(), "a linear feeder"));
    folder.timing("negotiate", Duration.ofMillis(6_214));
    folder.timing("judge", Duration.ofMillis(3_902));
    for (ProsumerSite site : scenario.prosumers()) {
      folder.prosumer(site.id()).scenarios(List.of(new SampleTrajectory(1, generation(site))));
    }
  }

  private void steps(RunFolder folder, int intervals) {
    for (int interval = 0; interval < intervals; interval++) {
      Map<BusId, Double> netImportKw = new HashMap<>();
      for (ProsumerSite site : scenario.prosumers()) {
        double net = dispatch(folder, site, interval);
        netImportKw.merge(site.connectionPoint().bus(), net, Double::sum);
      }
      folder.voltages(
          VoltageRow.of(
              scenario.horizon().startOf(interval),
              scenario.feeder(),
              state(interval, netImportKw)));
    }
  }

  /** Returns the net import measured at the connection point, kW. */
  private double dispatch(RunFolder folder, ProsumerSite site, int interval) {
    var start = scenario.horizon().startOf(interval);
    Instant now = START.plusSeconds(2L * interval);
    OperatingEnvelope envelope = plan.of(site.id()).envelopes().get(interval);
    double load = site.loadKw().at(interval);
    double generation = generation(site).at(interval);
    double gust = 0.08 * generation * Math.sin(1.7 * interval + site.id().value().hashCode());
    double net =
        Math.max(
            -envelope.exportLimitKw(),
            Math.min(
                envelope.importLimitKw(),
                plan.of(site.id()).plannedNetImportKw().at(interval) - gust));
    double battery = load - generation - gust - net;
    String prefix = "d" + scenario.prosumers().indexOf(site);
    DeviceId pv = new DeviceId(prefix + "-pv");
    DeviceId storage = new DeviceId(prefix + "-battery");
    DispatchReceipt limited = new DispatchReceipt.Applied(pv, 500, 500 - 0.02, now);
    DispatchReceipt stored = new DispatchReceipt.Applied(storage, battery, battery, now);
    if (interval == 13 && prefix.equals("d3")) {
      stored = new DispatchReceipt.Unconfirmed(storage, battery, "no acknowledgment within 2 s");
    }
    folder.setpoints(
        List.of(
            SetpointRow.of(start, site.id(), "pv", "active_power_limit", limited, now),
            SetpointRow.of(start, site.id(), "battery", "active_power", stored, now)));
    folder.measurements(
        List.of(
            MeasurementRow.of(start, site.id(), "pv", measured(pv, now, generation + gust)),
            MeasurementRow.of(start, site.id(), "battery", measured(storage, now, battery)),
            MeasurementRow.connectionPoint(start, site.id(), net, 0, now)));
    return net;
  }

  private static Measurement measured(DeviceId device, Instant at, double powerKw) {
    return new Measurement(device, at, powerKw, 0, OptionalDouble.of(1.01), OptionalDouble.empty());
  }

  private static Profile generation(ProsumerSite site) {
    Profile none = Profile.constant(0, site.loadKw().intervals());
    return site.pv()
        .map(ProsumerSite.Generator::availablePowerKw)
        .orElse(none)
        .plus(site.wind().map(ProsumerSite.Generator::availablePowerKw).orElse(none));
  }

  private Profile constant(double value) {
    return Profile.constant(value, scenario.horizon().intervals());
  }

  private static EnvelopePlan plan(Scenario scenario) {
    List<PointPlan> points = new ArrayList<>();
    for (ProsumerSite site : scenario.prosumers()) {
      Profile generation = generation(site);
      Profile net =
          Profile.generate(
              generation.intervals(), t -> 0.7 * (site.loadKw().at(t) - generation.at(t)));
      List<OperatingEnvelope> envelopes = new ArrayList<>();
      for (int t = 0; t < net.intervals(); t++) {
        double breath = 1 + 0.25 * Math.cos(2 * Math.PI * (t + 10.0) / net.intervals());
        envelopes.add(
            new OperatingEnvelope(
                Math.max(net.at(t), 0) * 1.3 + 180 * breath,
                Math.max(-net.at(t), 0) * 1.05 + 60 * breath));
      }
      points.add(new PointPlan(site.id(), site.connectionPoint().bus(), envelopes, net));
    }
    return new EnvelopePlan(scenario.horizon(), points);
  }

  /** A linear feeder: U = V² falls by 2 (R P + X Q) along each line. */
  private GridState state(int interval, Map<BusId, Double> netImportKw) {
    Feeder feeder = scenario.feeder();
    Map<BusId, Double> drawKw = new HashMap<>(netImportKw);
    Map<BusId, Double> drawKvar = new HashMap<>();
    for (PassiveLoad load : scenario.passiveLoads()) {
      drawKw.merge(load.bus(), load.activePowerKw().at(interval), Double::sum);
      drawKvar.merge(load.bus(), load.reactivePowerKvar().at(interval), Double::sum);
    }
    List<Line> outwards = outwards(feeder);
    for (int l = outwards.size() - 1; l >= 0; l--) {
      Line line = outwards.get(l);
      drawKw.merge(line.from(), drawKw.getOrDefault(line.to(), 0.0), Double::sum);
      drawKvar.merge(line.from(), drawKvar.getOrDefault(line.to(), 0.0), Double::sum);
    }
    Map<BusId, Double> squared = new HashMap<>();
    squared.put(feeder.sourceBus(), Math.pow(feeder.sourceVoltagePu(), 2));
    double baseVa = Math.pow(feeder.nominalVoltageKv(), 2) * 1000;
    for (Line line : outwards) {
      double drop =
          line.resistanceOhm() * drawKw.getOrDefault(line.to(), 0.0)
              + line.reactanceOhm() * drawKvar.getOrDefault(line.to(), 0.0);
      squared.put(line.to(), squared.get(line.from()) - 2 * drop / baseVa);
    }
    Profile voltages =
        Profile.generate(
            3 * feeder.buses().size(),
            i -> Math.sqrt(squared.get(feeder.buses().get(i / 3))) + (i % 3) * phaseSpreadPu);
    return new GridState(true, 3, voltages, Profile.of(), 0, 0);
  }

  /** Lines in an order in which each starts at a bus that is already fed. */
  private static List<Line> outwards(Feeder feeder) {
    List<Line> ordered = new ArrayList<>();
    List<BusId> fed = new ArrayList<>(List.of(feeder.sourceBus()));
    for (int b = 0; b < fed.size(); b++) {
      for (Line line : feeder.lines()) {
        if (line.from().equals(fed.get(b))) {
          ordered.add(line);
          fed.add(line.to());
        }
      }
    }
    return ordered;
  }

  /** Read once, because a year of profiles takes a while. */
  private static final class Reference {
    static final Scenario SCENARIO = ScenarioFile.read(REFERENCE);
  }
}
