package ndoe.controller.operations;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToDoubleFunction;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RecordListener;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.controller.loop.Equipment;
import ndoe.devices.DeviceId;

/**
 * The devices of a run: whether they answer, how old their values are, what they made of orders.
 */
final class DeviceMetrics implements RecordListener {
  /** So many times the same value again, and a device does not answer. */
  private static final int SILENT = 2;

  private final Clock clock;
  private final Map<String, DeviceRow> devices = new ConcurrentSkipListMap<>();
  private final Map<String, Instant> lastValue = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> repeated = new ConcurrentSkipListMap<>();
  private final Map<String, SetpointRow> inDoubt = new ConcurrentSkipListMap<>();
  private final Counter setpoints;
  private volatile Optional<Equipment> equipment = Optional.empty();

  DeviceMetrics(PrometheusRegistry registry, Clock clock) {
    this.clock = clock;
    setpoints =
        Counter.builder()
            .name("ndoe_setpoints")
            .help("Setpoints by what became of them.")
            .labelNames("result")
            .register(registry);
    for (Result result : Result.values()) {
      setpoints.initLabelValues(word(result));
    }
    perDevice(
        registry, "ndoe_device_up", "1 if the device answered when it was last read.", this::up);
    perDevice(
        registry,
        "ndoe_device_at_default",
        "1 if the last confirmed setpoint of the device is its default.",
        this::atDefault);
    perDevice(
        registry,
        "ndoe_device_value_age_seconds",
        "Age of the last value read of the device.",
        this::ageSeconds);
    ProcessMetrics.gauge(
        registry,
        "ndoe_emergency_stop_engaged",
        "1 as long as the emergency stop is engaged.",
        () -> stopEngaged() ? 1 : 0);
  }

  private void perDevice(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<String> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("device", "prosumer")
        .callback(
            gauge ->
                devices.forEach(
                    (id, row) -> gauge.call(value.applyAsDouble(id), id, row.prosumer().value())))
        .register(registry);
  }

  void equipped(Equipment with) {
    equipment = Optional.of(with);
  }

  boolean stopEngaged() {
    return equipment.map(with -> with.devices().guard().isStopped()).orElse(false);
  }

  @Override
  public void devices(List<DeviceRow> rows) {
    rows.forEach(row -> devices.put(row.device().value(), row));
  }

  @Override
  public void setpoints(List<SetpointRow> rows) {
    for (SetpointRow row : rows) {
      setpoints.labelValues(word(row.result())).inc();
      if (row.result() == Result.REJECTED || row.result() == Result.UNCONFIRMED) {
        inDoubt.put(row.device().value(), row);
      } else {
        inDoubt.remove(row.device().value());
      }
    }
  }

  /**
   * The last value of a device that does not answer is recorded again with its old time. Once may
   * be the fault of another device of the site, whose reading broke off there.
   */
  @Override
  public void measurements(List<MeasurementRow> rows) {
    for (MeasurementRow row : rows) {
      if (!row.isConnectionPoint()) {
        Instant before = lastValue.put(row.device(), row.at());
        repeated.compute(
            row.device(),
            (id, times) -> !row.at().equals(before) ? 0 : times == null ? 1 : times + 1);
      }
    }
  }

  /** What keeps the process from knowing that every device is safe. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    inDoubt.forEach(
        (device, row) ->
            problems.add(
                "device %s did not confirm %s kW: %s"
                    .formatted(device, row.askedKw(), row.reason())));
    repeated.forEach(
        (device, times) -> {
          if (times >= SILENT && !inDoubt.containsKey(device)) {
            problems.add(
                String.format(
                    Locale.ROOT,
                    "device %s does not answer; its last value is %.0f s old",
                    device,
                    ageSeconds(device)));
          }
        });
    return problems;
  }

  private double up(String device) {
    return repeated.getOrDefault(device, 0) < SILENT ? 1 : 0;
  }

  private double atDefault(String device) {
    return equipment
        .filter(with -> with.devices().guard().atDefault().contains(new DeviceId(device)))
        .map(with -> 1.0)
        .orElse(0.0);
  }

  private double ageSeconds(String device) {
    Instant last = lastValue.get(device);
    return last == null
        ? Double.NaN
        : Math.max(0, Duration.between(last, clock.instant()).toMillis() / 1e3);
  }

  private static String word(Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }
}
