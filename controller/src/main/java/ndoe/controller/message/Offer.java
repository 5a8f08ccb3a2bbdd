package ndoe.controller.message;

import ndoe.feeders.ProsumerId;

/**
 * The operator’s target for one prosumer: an envelope its network can carry, and the plan it
 * assumes.
 *
 * @param round counted from 0, the offer that opens the negotiation
 */
public record Offer(int round, ProsumerId to, EnvelopePosition position) implements Message {
  @Override
  public int numbers() {
    return position.numbers();
  }
}
