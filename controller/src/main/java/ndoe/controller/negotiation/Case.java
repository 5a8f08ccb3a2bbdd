package ndoe.controller.negotiation;

/** Who decides on the envelopes and who trades (method, section 14). */
public enum Case {
  /** Operator and prosumers negotiate round by round while prosumers trade. */
  NDOE("ndoe"),
  /** Prosumers trade as if there were no network. */
  P2P("p2p"),
  /** The smallest of the operator’s envelopes over the day, the same for every interval. */
  STATIC("static"),
  /** The operator alone, anew for every interval; prosumers trade inside. */
  DSO("dso"),
  /** Nobody trades and there is no network. */
  NOP2P("nop2p"),
  /** Somebody who knows everything decides for all: the reference. */
  CENTRAL("central");

  private final String label;

  Case(String label) {
    this.label = label;
  }

  /** Whether the network’s limits are looked at before envelopes are published. */
  public boolean respectsNetwork() {
    return this != P2P && this != NOP2P;
  }

  @Override
  public String toString() {
    return label;
  }
}
