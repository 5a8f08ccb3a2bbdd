package ndoe.cosim.powerflow;

/** A defect or a broken engine; a state without a solution is a value, not this. */
public final class PowerFlowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PowerFlowException(String message) {
    super(message);
  }

  public PowerFlowException(String message, Throwable cause) {
    super(message, cause);
  }
}
