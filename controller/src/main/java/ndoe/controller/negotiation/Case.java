package ndoe.controller.negotiation;

/** Who decides on the envelopes (method, section 14). */
public enum Case {
  /** The operator alone, anew for every interval; prosumers optimise inside. */
  DSO("dso"),
  /** The smallest of the operator’s envelopes over the day, the same for every interval. */
  STATIC("static");

  private final String label;

  Case(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
