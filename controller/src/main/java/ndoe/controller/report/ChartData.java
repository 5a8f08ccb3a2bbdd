package ndoe.controller.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import ndoe.controller.journal.VoltageRow;
import ndoe.feeders.BusId;
import ndoe.feeders.Horizon;
import ndoe.feeders.VoltageLimits;

/** What the page’s script draws: short arrays, {@code null} where nothing is known. */
final class ChartData {
  private static final int KW_DECIMALS = 2;
  private static final int PU_DECIMALS = 5;
  private static final int OHM_DECIMALS = 3;
  private static final int LONGEST_LABEL = 12;

  private final Day day;
  private final List<LocalDateTime> starts;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private ChartData(Day day) {
    this.day = day;
    starts = starts(day.run().scenario().horizon());
  }

  static String json(Day day) {
    ChartData data = new ChartData(day);
    data.times();
    if (!day.voltages().isEmpty()) {
      data.voltage();
      data.distance();
    }
    data.prosumers();
    data.devices();
    new AgreementData(day, data.starts).addTo(data.root);
    return data.root.toString();
  }

  static List<LocalDateTime> starts(Horizon horizon) {
    List<LocalDateTime> starts = new ArrayList<>();
    for (int interval = 0; interval < horizon.intervals(); interval++) {
      starts.add(horizon.startOf(interval));
    }
    return starts;
  }

  /** Local times as if they were UTC, s, which the script shows as UTC. */
  private void times() {
    ArrayNode times = root.putArray("starts");
    starts.forEach(start -> times.add(start.toEpochSecond(ZoneOffset.UTC)));
    root.put("end", day.run().scenario().horizon().end().toEpochSecond(ZoneOffset.UTC));
  }

  private void voltage() {
    ObjectNode node = root.putObject("voltage");
    VoltageLimits limits = day.run().feeder().voltageLimits();
    node.putArray("limits").add(limits.minPu()).add(limits.maxPu());
    perInterval(node.putArray("lowest"), interval -> interval.lowest().voltagePu());
    perInterval(node.putArray("median"), VoltageDay.Interval::medianPu);
    perInterval(node.putArray("highest"), interval -> interval.highest().voltagePu());
  }

  private void perInterval(ArrayNode values, ToDoubleFunction<VoltageDay.Interval> valueOf) {
    for (LocalDateTime start : starts) {
      add(
          values,
          day.voltages()
              .at(start)
              .map(interval -> OptionalDouble.of(valueOf.applyAsDouble(interval)))
              .orElse(OptionalDouble.empty()),
          PU_DECIMALS);
    }
  }

  private void distance() {
    List<BusId> buses = new ArrayList<>(day.distance().ohm().keySet());
    buses.sort((one, other) -> Double.compare(ohm(one), ohm(other)));
    Map<BusId, Integer> position = new HashMap<>();
    buses.forEach(bus -> position.put(bus, position.size()));
    Map<BusId, String> prosumers =
        day.points().stream()
            .collect(
                Collectors.toMap(
                    PointDay::bus,
                    point -> shortened(point.prosumer().value()),
                    (one, other) -> one + ", " + other));

    ObjectNode node = root.putObject("distance");
    ArrayNode names = node.putArray("buses");
    ArrayNode ohms = node.putArray("ohm");
    ArrayNode previous = node.putArray("previous");
    ArrayNode labels = node.putArray("labels");
    for (BusId bus : buses) {
      names.add(bus.value());
      add(ohms, OptionalDouble.of(ohm(bus)), OHM_DECIMALS);
      BusId towardsSource = day.distance().previous().get(bus);
      previous.add(towardsSource == null ? -1 : position.get(towardsSource));
      labels.add(prosumers.getOrDefault(bus, ""));
    }
    ArrayNode phases = node.putArray("phases");
    int shown = balanced() ? 1 : day.voltages().phases();
    for (int phase = 1; phase <= shown; phase++) {
      phase(phases.addArray(), phase, buses);
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_LABEL ? name : name.substring(0, LONGEST_LABEL - 1) + "…";
  }

  /** One array per interval with one value per bus. */
  private void phase(ArrayNode intervals, int phase, List<BusId> buses) {
    for (LocalDateTime start : starts) {
      Map<BusId, Double> voltages = new HashMap<>();
      day.voltages().at(start).stream()
          .flatMap(interval -> interval.rows().stream())
          .filter(row -> row.phase() == phase)
          .forEach(row -> voltages.put(row.bus(), row.voltagePu()));
      ArrayNode values = intervals.addArray();
      for (BusId bus : buses) {
        Double value = voltages.get(bus);
        add(values, value == null ? OptionalDouble.empty() : OptionalDouble.of(value), PU_DECIMALS);
      }
    }
  }

  /** Whether one phase shows all there is to see. */
  private boolean balanced() {
    double visiblePu = 5e-5;
    return day.voltages()
        .intervals()
        .allMatch(
            interval -> {
              Map<BusId, Double> first = new HashMap<>();
              return interval.rows().stream().allMatch(row -> isNear(first, row, visiblePu));
            });
  }

  private static boolean isNear(Map<BusId, Double> first, VoltageRow row, double tolerancePu) {
    double other = first.computeIfAbsent(row.bus(), bus -> row.voltagePu());
    return Math.abs(other - row.voltagePu()) <= tolerancePu;
  }

  private double ohm(BusId bus) {
    return day.distance().ohm().get(bus);
  }

  private void prosumers() {
    ArrayNode prosumers = root.putArray("prosumers");
    for (PointDay point : day.points()) {
      Map<LocalDateTime, PointDay.Step> steps = new HashMap<>();
      point.steps().forEach(step -> steps.put(step.envelope().intervalStart(), step));
      ObjectNode node = prosumers.addObject();
      ArrayNode imports = node.putArray("import");
      ArrayNode exports = node.putArray("export");
      ArrayNode planned = node.putArray("planned");
      ArrayNode measured = node.putArray("measured");
      for (LocalDateTime start : starts) {
        PointDay.Step step = steps.get(start);
        if (step == null) {
          List.of(imports, exports, planned, measured).forEach(ArrayNode::addNull);
          continue;
        }
        add(imports, OptionalDouble.of(step.envelope().importLimitKw()), KW_DECIMALS);
        add(exports, OptionalDouble.of(-step.envelope().exportLimitKw()), KW_DECIMALS);
        add(planned, OptionalDouble.of(step.envelope().plannedNetImportKw()), KW_DECIMALS);
        add(measured, step.measuredKw(), KW_DECIMALS);
      }
    }
  }

  private void devices() {
    ArrayNode devices = root.putArray("devices");
    for (DeviceDay device : day.devices()) {
      Map<LocalDateTime, DeviceDay.Step> steps = new HashMap<>();
      device.steps().forEach(step -> steps.put(step.setpoint().intervalStart(), step));
      ObjectNode node = devices.addObject();
      ArrayNode told = node.putArray("told");
      ArrayNode measured = node.putArray("measured");
      for (LocalDateTime start : starts) {
        Optional<DeviceDay.Step> step = Optional.ofNullable(steps.get(start));
        add(told, step.map(DeviceDay.Step::toldKw).orElse(Double.NaN));
        add(measured, step.map(DeviceDay.Step::measuredKw).orElse(Double.NaN));
      }
    }
  }

  private static void add(ArrayNode values, double powerKw) {
    add(values, OptionalDouble.of(powerKw), KW_DECIMALS);
  }

  /** Adds a rounded number, {@code null} where there is none. */
  static void add(ArrayNode values, OptionalDouble value, int decimals) {
    if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
      values.addNull();
      return;
    }
    values.add(
        BigDecimal.valueOf(value.getAsDouble())
            .setScale(decimals, RoundingMode.HALF_EVEN)
            .stripTrailingZeros());
  }
}
