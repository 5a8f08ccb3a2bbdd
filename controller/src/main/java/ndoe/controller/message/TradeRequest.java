package ndoe.controller.message;

import java.util.Map;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What a prosumer would like to buy from others: plan, retail position and price mixed into one
 * number per interval (method, section 6).
 *
 * @param desiredPurchaseKw ρ, kW per interval, negative to sell
 * @param desiredPurchaseKwFrom the same per trading partner, only in the edge form (method, 6.5)
 */
public record TradeRequest(
    int round,
    int cycle,
    ProsumerId from,
    Profile desiredPurchaseKw,
    Map<ProsumerId, Profile> desiredPurchaseKwFrom)
    implements Message {
  public TradeRequest {
    desiredPurchaseKwFrom = Map.copyOf(desiredPurchaseKwFrom);
  }

  @Override
  public int numbers() {
    return desiredPurchaseKw.intervals() * (1 + desiredPurchaseKwFrom.size());
  }
}
