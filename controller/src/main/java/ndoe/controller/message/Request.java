package ndoe.controller.message;

import ndoe.feeders.ProsumerId;

/**
 * One prosumer’s response to the operator’s offer: the envelope it asks for, and its plan.
 *
 * @param round it was made in, counted from 1
 * @param answeredRound of the last offer that the prosumer acted on
 */
public record Request(int round, int answeredRound, ProsumerId from, EnvelopePosition position)
    implements Message {
  @Override
  public int numbers() {
    return position.numbers();
  }
}
