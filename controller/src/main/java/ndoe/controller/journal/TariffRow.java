package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.feeders.Horizon;
import ndoe.feeders.Tariff;

/**
 * What energy costs at the retailer in one interval; a line of {@code tariff.csv}.
 *
 * @param retailBuyPerKwh paid for energy, currency per kWh
 * @param retailSellPerKwh received for energy, currency per kWh
 */
public record TariffRow(
    LocalDateTime intervalStart, double retailBuyPerKwh, double retailSellPerKwh) {

  static List<List<String>> lines(Horizon horizon, Tariff tariff) {
    return IntStream.range(0, horizon.intervals())
        .mapToObj(
            t ->
                List.of(
                    horizon.startOf(t).toString(),
                    CsvLog.number(tariff.retailBuyPerKwh().at(t)),
                    CsvLog.number(tariff.retailSellPerKwh().at(t))))
        .toList();
  }
}
