package ndoe.controller.message;

/**
 * Something one party tells another. Every kind of message is a record below; what they carry is
 * all that ever leaves a party (method, section 10).
 */
public sealed interface Message permits Offer, Request, TradeRequest, TradeAnswer, Report {
  /** Size of a number on the wire, bytes. */
  int NUMBER_BYTES = Double.BYTES;

  /** Numbers the message carries, without its address. */
  int numbers();
}
