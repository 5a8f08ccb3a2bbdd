package ndoe.controller.trading;

import ndoe.feeders.ProsumerId;

/**
 * What one prosumer sells to another in one interval (method, section 9).
 *
 * @param powerKw &gt; 0
 * @param buyerPaysPerKwh currency per kWh
 * @param sellerReceivesPerKwh currency per kWh; the rest is the network charge
 */
public record Trade(
    int interval,
    ProsumerId seller,
    ProsumerId buyer,
    double powerKw,
    double buyerPaysPerKwh,
    double sellerReceivesPerKwh) {
  public double networkChargePerKwh() {
    return buyerPaysPerKwh - sellerReceivesPerKwh;
  }
}
