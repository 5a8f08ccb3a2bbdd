package ndoe.devices;

/** A device or broker that cannot be reached, or that answers nonsense. */
public final class DeviceLinkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceLinkException(String message) {
    super(message);
  }

  public DeviceLinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
