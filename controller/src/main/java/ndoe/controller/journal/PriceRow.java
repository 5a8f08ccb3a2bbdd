package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.feeders.ProsumerId;

/**
 * Prices of one prosumer in one interval; a line of {@code prices.csv}.
 *
 * @param energyPerKwh local energy price, currency per kWh
 * @param importLimit price of one more kWh of import limit and its parts; empty if not negotiated
 * @param exportLimit price of one more kWh of export limit and its parts; empty if not negotiated
 */
public record PriceRow(
    LocalDateTime intervalStart,
    ProsumerId prosumer,
    OptionalDouble energyPerKwh,
    Limit importLimit,
    Limit exportLimit) {

  /**
   * Why a limit has a price, currency per kWh of limit.
   *
   * @param price agreed by both sides
   */
  public record Limit(
      OptionalDouble price,
      OptionalDouble voltage,
      OptionalDouble thermal,
      OptionalDouble freedom,
      OptionalDouble connection) {
    public static final Limit NONE =
        new Limit(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
  }

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        prosumer.value(),
        CsvLog.number(energyPerKwh),
        CsvLog.number(importLimit.price()),
        CsvLog.number(importLimit.voltage()),
        CsvLog.number(importLimit.thermal()),
        CsvLog.number(importLimit.freedom()),
        CsvLog.number(importLimit.connection()),
        CsvLog.number(exportLimit.price()),
        CsvLog.number(exportLimit.voltage()),
        CsvLog.number(exportLimit.thermal()),
        CsvLog.number(exportLimit.freedom()),
        CsvLog.number(exportLimit.connection()));
  }
}
