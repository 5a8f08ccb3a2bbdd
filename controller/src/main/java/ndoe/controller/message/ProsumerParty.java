package ndoe.controller.message;

import java.util.Optional;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * A prosumer as the others at the negotiating table know it, in the same process or elsewhere: what
 * goes in and what comes out is messages. An answer that does not arrive in time is empty.
 */
public interface ProsumerParty {
  ProsumerId id();

  /**
   * Asks for its wishes to trade at present prices.
   *
   * @param accuracy relative, of its solution
   */
  Optional<TradeRequest> propose(int round, int cycle, double accuracy);

  /** Tells it what the market cleared; it acts on that only if it is for its latest wishes. */
  void receive(TradeAnswer answer);

  /** Asks how far its plan and its trades are apart. */
  Optional<Report> report(int round);

  /** Asks for its response to the latest offer. */
  Optional<Request> request(int round);

  /** Tells it what the operator offers; it acts on that only if it answers its latest request. */
  void receive(Offer offer);

  /** Goes on by other terms with the same way of trading; prices stay. */
  void continueBy(Terms terms);

  /** Asks for its share of the lower bound at the present prices (method, section 8). */
  Optional<Report> lowerBound(int round);

  /**
   * Its local energy price, currency per kWh, where the record may have it; a party elsewhere tells
   * nobody.
   */
  default Optional<Profile> recordedPricePerKwh() {
    return Optional.empty();
  }

  /**
   * Whether nobody counts on it any longer: it was silent too long or said what cannot be. It stays
   * so for the rest of the negotiation.
   */
  default boolean dropped() {
    return false;
  }
}
