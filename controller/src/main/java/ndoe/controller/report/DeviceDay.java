package ndoe.controller.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import ndoe.controller.journal.CommandRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.devices.DeviceId;
import ndoe.feeders.ProsumerId;

/**
 * The day of one device: what it was told, what it was measured to do, how long it took.
 *
 * @param measured last measurement per interval
 * @param responses from the command, committed before it was sent, to its confirmation
 */
record DeviceDay(
    ProsumerId prosumer,
    DeviceId device,
    List<SetpointRow> setpoints,
    Map<LocalDateTime, MeasurementRow> measured,
    List<Duration> responses) {
  DeviceDay {
    setpoints = List.copyOf(setpoints);
    measured = Map.copyOf(measured);
    responses = responses.stream().sorted().toList();
  }

  static List<DeviceDay> of(
      List<SetpointRow> setpoints, List<MeasurementRow> measurements, List<CommandRow> commands) {
    Map<Owned, List<SetpointRow>> byDevice = new LinkedHashMap<>();
    for (SetpointRow row : setpoints) {
      byDevice
          .computeIfAbsent(new Owned(row.prosumer(), row.device()), key -> new ArrayList<>())
          .add(row);
    }
    Map<Told, NavigableSet<Instant>> told = times(commands);
    List<DeviceDay> days = new ArrayList<>();
    byDevice.forEach(
        (owned, rows) ->
            days.add(
                new DeviceDay(
                    owned.prosumer(),
                    owned.device(),
                    rows,
                    measured(owned, measurements),
                    responses(rows, told))));
    return days;
  }

  private static Map<LocalDateTime, MeasurementRow> measured(
      Owned owned, List<MeasurementRow> rows) {
    Map<LocalDateTime, MeasurementRow> measured = new HashMap<>();
    for (MeasurementRow row : rows) {
      if (row.device().equals(owned.device().value())
          && row.prosumer().equals(owned.prosumer())
          && Double.isFinite(row.activePowerKw())) {
        measured.put(row.intervalStart(), row);
      }
    }
    return measured;
  }

  private static List<Duration> responses(
      List<SetpointRow> setpoints, Map<Told, NavigableSet<Instant>> commands) {
    List<Duration> responses = new ArrayList<>();
    for (SetpointRow row : setpoints) {
      NavigableSet<Instant> told =
          commands.getOrDefault(
              new Told(row.prosumer(), row.device(), row.quantity()),
              Collections.emptyNavigableSet());
      Instant at = told.floor(row.at());
      if (at != null && row.appliedKw().isPresent()) {
        responses.add(Duration.between(at, row.at()));
      }
    }
    return responses;
  }

  private static Map<Told, NavigableSet<Instant>> times(List<CommandRow> commands) {
    Map<Told, NavigableSet<Instant>> times = new HashMap<>();
    for (CommandRow row : commands) {
      times
          .computeIfAbsent(
              new Told(row.prosumer(), row.device(), row.quantity()), key -> new TreeSet<>())
          .add(row.at());
    }
    return times;
  }

  String role() {
    return setpoints.get(0).role();
  }

  long count(Result result) {
    return setpoints.stream().filter(row -> row.result() == result).count();
  }

  /** Largest difference between what was asked and what was read back, kW. */
  OptionalDouble largestDeviationKw() {
    return setpoints.stream()
        .filter(row -> row.appliedKw().isPresent())
        .mapToDouble(row -> Math.abs(row.appliedKw().getAsDouble() - row.askedKw()))
        .max();
  }

  /** The intervals with a measurement, each with the setpoint that was told last before it. */
  List<Step> steps() {
    Map<LocalDateTime, Step> steps = new TreeMap<>();
    for (SetpointRow row : setpoints) {
      MeasurementRow seen = measured.get(row.intervalStart());
      if (seen != null && !row.at().isAfter(seen.at())) {
        steps.put(row.intervalStart(), new Step(row, seen.activePowerKw()));
      }
    }
    return List.copyOf(steps.values());
  }

  /** The response that half of all were not slower than. */
  Optional<Duration> medianResponse() {
    return responses.isEmpty()
        ? Optional.empty()
        : Optional.of(responses.get((responses.size() - 1) / 2));
  }

  Optional<Duration> longestResponse() {
    return responses.isEmpty()
        ? Optional.empty()
        : Optional.of(responses.get(responses.size() - 1));
  }

  private record Owned(ProsumerId prosumer, DeviceId device) {}

  private record Told(ProsumerId prosumer, DeviceId device, String quantity) {}

  /**
   * One interval.
   *
   * @param measuredKw injection positive, kW
   */
  record Step(SetpointRow setpoint, double measuredKw) {
    private static final double LEAST_TOLERANCE_KW = 0.5;
    private static final double TOLERANCE_FRACTION = 0.01;

    /** How far the measurement is beyond a limit, or away from a setpoint, kW ≥ 0. */
    double beyondKw() {
      double told = toldKw();
      return setpoint.quantity().equals("active_power_limit")
          ? Math.max(0, measuredKw - told)
          : Math.abs(measuredKw - told);
    }

    /** Whether that is no more than a meter may err: 1 % of the setpoint, at least 0.5 kW. */
    boolean isInside() {
      return beyondKw() <= Math.max(LEAST_TOLERANCE_KW, TOLERANCE_FRACTION * Math.abs(toldKw()));
    }

    /** What was read back from the device, else what it was asked for. */
    double toldKw() {
      return setpoint.appliedKw().orElse(setpoint.askedKw());
    }
  }
}
