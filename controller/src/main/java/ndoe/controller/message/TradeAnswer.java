package ndoe.controller.message;

import java.util.Map;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What a prosumer buys from whom, as the market clears; each prosumer sees its own links only.
 *
 * @param round of the last request that arrived from this prosumer
 * @param cycle of that request
 * @param purchaseKw total over its links, kW per interval, negative when it sells
 * @param purchaseKwFrom per trading partner, kW per interval, negative when it sells
 */
public record TradeAnswer(
    int round,
    int cycle,
    ProsumerId to,
    Profile purchaseKw,
    Map<ProsumerId, Profile> purchaseKwFrom)
    implements Message {
  public TradeAnswer {
    purchaseKwFrom = Map.copyOf(purchaseKwFrom);
  }

  @Override
  public int numbers() {
    return purchaseKw.intervals() * (1 + purchaseKwFrom.size());
  }
}
