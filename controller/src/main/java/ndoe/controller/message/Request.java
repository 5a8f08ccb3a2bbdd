package ndoe.controller.message;

import ndoe.feeders.ProsumerId;

/**
 * One prosumer’s response to the operator’s offer: the envelope it asks for, and its plan.
 *
 * @param round of the last offer that the prosumer acted on, which tells the operator what arrived
 */
public record Request(int round, ProsumerId from, EnvelopePosition position) implements Message {
  @Override
  public int numbers() {
    return position.numbers();
  }
}
