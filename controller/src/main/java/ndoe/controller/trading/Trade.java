package ndoe.controller.trading;

import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

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

  /**
   * A contract at the middle of both ends’ local prices, each paying half of the network charge
   * (method, section 9).
   *
   * @param soldKw what the first end of the link sells, negative when it buys
   */
  public static Trade over(TradeLink link, int interval, double soldKw, double middlePerKwh) {
    return new Trade(
        interval,
        soldKw > 0 ? link.first() : link.second(),
        soldKw > 0 ? link.second() : link.first(),
        Math.abs(soldKw),
        middlePerKwh + link.chargePerKwh() / 2,
        middlePerKwh - link.chargePerKwh() / 2);
  }

  public double networkChargePerKwh() {
    return buyerPaysPerKwh - sellerReceivesPerKwh;
  }
}
