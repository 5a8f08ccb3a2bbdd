package ndoe.cosim.helics;

/** A federation that cannot be joined, or that broke. */
public final class FederationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** Nobody answers at the broker’s address, or the broker could not be started there. */
    NO_BROKER,
    /** Another federate of the federation has the name. */
    NAME_TAKEN,
    /** This machine or build has no HELICS library. */
    NO_LIBRARY,
    /** The federation ended before its time, or a call was refused. */
    BROKEN
  }

  private final Reason reason;

  FederationException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  FederationException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
