package ndoe.feeders;

import java.util.function.UnaryOperator;

/**
 * What retail energy costs.
 *
 * @param currency ISO 4217 code
 * @param retailBuyPerKwh price of bought energy per interval, currency/kWh
 * @param retailSellPerKwh price of sold energy per interval, currency/kWh
 * @param realtimeBuyFactor price of unplanned purchases relative to the retail buy price
 * @param realtimeSellFactor price of unplanned sales relative to the retail sell price
 */
public record Tariff(
    String currency,
    Profile retailBuyPerKwh,
    Profile retailSellPerKwh,
    double realtimeBuyFactor,
    double realtimeSellFactor) {

  /** The same tariff with other profiles. */
  Tariff mapProfiles(UnaryOperator<Profile> change) {
    return new Tariff(
        currency,
        change.apply(retailBuyPerKwh),
        change.apply(retailSellPerKwh),
        realtimeBuyFactor,
        realtimeSellFactor);
  }
}
