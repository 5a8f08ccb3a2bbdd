package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.List;
import ndoe.feeders.ProsumerId;

/**
 * What one prosumer sells to another in one interval; a line of {@code trades.csv}.
 *
 * @param powerKw &gt; 0
 * @param buyerPaysPerKwh currency per kWh
 * @param sellerReceivesPerKwh currency per kWh
 * @param networkChargePerKwh the difference, currency per kWh
 */
public record TradeRow(
    LocalDateTime intervalStart,
    ProsumerId seller,
    ProsumerId buyer,
    double powerKw,
    double buyerPaysPerKwh,
    double sellerReceivesPerKwh,
    double networkChargePerKwh) {

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        seller.value(),
        buyer.value(),
        CsvLog.number(powerKw),
        CsvLog.number(buyerPaysPerKwh),
        CsvLog.number(sellerReceivesPerKwh),
        CsvLog.number(networkChargePerKwh));
  }
}
