package ndoe.controller.operations;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.controller.journal.EventRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RecordListener;
import ndoe.controller.journal.ViolationRow;
import ndoe.controller.loop.Equipment;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;

/** The steps of a run, its envelopes, its voltages and its journal. */
final class DayMetrics implements RecordListener {
  private static final double[] COMMIT_SECONDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};
  private static final double WATTS_PER_KW = 1000;

  private final Gauge step;
  private final Gauge lateness;
  private final Counter steps;
  private final Counter missed;
  private final Gauge importLimit;
  private final Gauge exportLimit;
  private final Gauge netImport;
  private final Gauge lowestVoltage;
  private final Gauge highestVoltage;
  private final Counter violations;
  private final Counter events;
  private final Histogram commits;
  private Optional<EnvelopePlan> plan = Optional.empty();
  private Optional<Equipment> equipment = Optional.empty();
  private int interval = -1;

  DayMetrics(PrometheusRegistry registry) {
    step = gauge(registry, "ndoe_step", "Interval of the day that is being run, from 0.");
    lateness =
        gauge(
            registry,
            "ndoe_step_lateness_seconds",
            "Real time by which the present step began after its moment.");
    steps = counter(registry, "ndoe_steps", "Intervals that are done.");
    missed = counter(registry, "ndoe_steps_missed", "Intervals that passed without a step.");
    importLimit = gauge(registry, "ndoe_import_limit_watts", "Import limit in force.", "prosumer");
    exportLimit = gauge(registry, "ndoe_export_limit_watts", "Export limit in force.", "prosumer");
    netImport =
        gauge(
            registry,
            "ndoe_net_import_watts",
            "Power drawn at the connection point as last measured; negative when feeding in.",
            "prosumer");
    lowestVoltage =
        gauge(registry, "ndoe_lowest_voltage_ratio", "Lowest voltage of the feeder, per unit.");
    highestVoltage =
        gauge(registry, "ndoe_highest_voltage_ratio", "Highest voltage of the feeder, per unit.");
    violations = counter(registry, "ndoe_violations", "Limits found broken.", "kind");
    events = counter(registry, "ndoe_events", "Events people should know.", "severity");
    for (SiteEvent.Severity severity : SiteEvent.Severity.values()) {
      events.initLabelValues(word(severity));
    }
    commits =
        Histogram.builder()
            .name("ndoe_journal_commit_duration_seconds")
            .help("Time until a transaction of the journal was on disk; its count is the commits.")
            .classicOnly()
            .classicUpperBounds(COMMIT_SECONDS)
            .register(registry);
  }

  private static Gauge gauge(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  synchronized void equipped(Equipment with) {
    equipment = Optional.of(with);
  }

  void missed(int intervals) {
    missed.inc(intervals);
  }

  void stepped(double lowestVoltagePu, double highestVoltagePu) {
    steps.inc();
    lowestVoltage.set(lowestVoltagePu);
    highestVoltage.set(highestVoltagePu);
  }

  @Override
  public synchronized void begun(int next) {
    interval = next;
    step.set(next);
    boolean ofTheDay = plan.isPresent() && next < plan.get().horizon().intervals();
    if (ofTheDay && equipment.isPresent()) {
      Duration late =
          equipment
              .get()
              .clock()
              .realTimeSince(plan.get().horizon().startOf(next).toInstant(ZoneOffset.UTC));
      lateness.set(late.toNanos() / 1e9);
    }
    limits();
  }

  @Override
  public synchronized void envelopes(EnvelopePlan inForce) {
    plan = Optional.of(inForce);
    limits();
  }

  private void limits() {
    if (plan.isEmpty() || interval < 0 || interval >= plan.get().horizon().intervals()) {
      return;
    }
    for (PointPlan point : plan.get().points()) {
      var envelope = point.envelopes().get(interval);
      String prosumer = point.prosumer().value();
      importLimit.labelValues(prosumer).set(WATTS_PER_KW * envelope.importLimitKw());
      exportLimit.labelValues(prosumer).set(WATTS_PER_KW * envelope.exportLimitKw());
    }
  }

  @Override
  public void measurements(List<MeasurementRow> rows) {
    rows.stream()
        .filter(MeasurementRow::isConnectionPoint)
        .forEach(
            row ->
                netImport
                    .labelValues(row.prosumer().value())
                    .set(WATTS_PER_KW * row.netImportKw()));
  }

  @Override
  public void violations(List<ViolationRow> rows) {
    rows.forEach(row -> violations.labelValues(row.kind()).inc());
  }

  @Override
  public void event(EventRow row) {
    events.labelValues(word(row.severity())).inc();
  }

  @Override
  public void committed(Duration took) {
    commits.observe(took.toNanos() / 1e9);
  }

  private static String word(SiteEvent.Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
