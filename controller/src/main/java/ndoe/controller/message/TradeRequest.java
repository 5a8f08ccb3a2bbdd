package ndoe.controller.message;

import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What a prosumer would like to buy from others: plan, retail position and price mixed into one
 * number per interval (method, section 6).
 *
 * @param desiredPurchaseKw ρ, kW per interval, negative to sell
 */
public record TradeRequest(int round, int cycle, ProsumerId from, Profile desiredPurchaseKw)
    implements Message {
  @Override
  public int numbers() {
    return desiredPurchaseKw.intervals();
  }
}
