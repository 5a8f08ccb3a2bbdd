package ndoe.controller.message;

import ndoe.feeders.ProsumerId;

/**
 * The operator’s target for one prosumer: an envelope its network can carry, and the plan it
 * assumes.
 *
 * @param round counted from 0, the offer that opens the negotiation
 * @param answeredRound of the last request that arrived from this prosumer, 0 before the first;
 *     only the sender of that very request may act on the offer
 */
public record Offer(int round, int answeredRound, ProsumerId to, EnvelopePosition position)
    implements Message {
  @Override
  public int numbers() {
    return position.numbers();
  }
}
