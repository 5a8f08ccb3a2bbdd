package ndoe.controller.message;

import ndoe.feeders.ProsumerId;

/**
 * The operator’s target for one prosumer: an envelope its network can carry, and the plan it
 * assumes.
 *
 * @param round of the last request that arrived from this prosumer, 0 in the offer that opens the
 *     negotiation; the prosumer acts on the offer only if that was its latest request
 */
public record Offer(int round, ProsumerId to, EnvelopePosition position) implements Message {
  @Override
  public int numbers() {
    return position.numbers();
  }
}
