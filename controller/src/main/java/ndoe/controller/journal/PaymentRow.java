package ndoe.controller.journal;

import java.math.BigDecimal;
import java.util.List;

/**
 * Money that changes hands; a line of {@code settlement.csv}.
 *
 * @param from who pays: a prosumer, {@code dso} or {@code retailer}
 * @param amount in the scenario’s currency, two decimals
 */
public record PaymentRow(String from, String to, String purpose, BigDecimal amount) {
  List<String> fields() {
    return List.of(from, to, purpose, amount.toPlainString());
  }
}
