package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.Horizon;

/**
 * One broken limit; a line of {@code violations.csv}.
 *
 * @param point which operating point: a corner, a dispatch, {@code measured}
 * @param kind {@code over_voltage}, {@code line_rating}, …
 * @param element bus, line or prosumer, by name
 * @param value what was found, in {@code unit}
 * @param limit what is allowed, in {@code unit}
 */
public record ViolationRow(
    LocalDateTime intervalStart,
    String point,
    String kind,
    String element,
    double value,
    double limit,
    String unit) {

  public static ViolationRow of(Horizon horizon, Violation violation) {
    return new ViolationRow(
        horizon.startOf(violation.interval()),
        violation.point(),
        violation.kind().name().toLowerCase(Locale.ROOT),
        violation.element(),
        violation.value(),
        violation.limit(),
        violation.kind().unit());
  }

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        point,
        kind,
        element,
        CsvLog.number(value),
        CsvLog.number(limit),
        unit);
  }
}
