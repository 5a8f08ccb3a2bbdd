package ndoe.controller.settlement;

/**
 * Money that changes hands, in hundredths of the currency, so that sums are exact.
 *
 * @param from who pays; a prosumer, {@link #OPERATOR} or {@link #RETAILER}
 * @param to who receives
 * @param hundredths &gt; 0
 */
public record Payment(String from, String to, Purpose purpose, long hundredths) {
  public static final String OPERATOR = "dso";
  public static final String RETAILER = "retailer";

  /** What is paid for. */
  public enum Purpose {
    RETAIL_ENERGY,
    PEER_ENERGY,
    NETWORK_CHARGE,
    ENVELOPE_RENT,
    BARGAINING_TRANSFER
  }

  public Payment {
    if (hundredths <= 0 || from.equals(to)) {
      throw new IllegalArgumentException(
          "no payment: %d from %s to %s".formatted(hundredths, from, to));
    }
  }

  /** What somebody receives by it, hundredths of the currency; negative when it pays. */
  public long receivedBy(String party) {
    if (to.equals(party)) {
      return hundredths;
    }
    return from.equals(party) ? -hundredths : 0;
  }
}
