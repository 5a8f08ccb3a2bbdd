package ndoe.controller.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.devices.DeviceId;
import ndoe.feeders.ProsumerId;

/** The setpoints one device was given. */
record DeviceDay(ProsumerId prosumer, DeviceId device, List<SetpointRow> setpoints) {
  DeviceDay {
    setpoints = List.copyOf(setpoints);
  }

  static List<DeviceDay> of(List<SetpointRow> setpoints) {
    Map<Owned, List<SetpointRow>> byDevice = new LinkedHashMap<>();
    for (SetpointRow row : setpoints) {
      byDevice
          .computeIfAbsent(new Owned(row.prosumer(), row.device()), key -> new ArrayList<>())
          .add(row);
    }
    List<DeviceDay> days = new ArrayList<>();
    byDevice.forEach(
        (owned, rows) -> days.add(new DeviceDay(owned.prosumer(), owned.device(), rows)));
    return days;
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

  private record Owned(ProsumerId prosumer, DeviceId device) {}
}
