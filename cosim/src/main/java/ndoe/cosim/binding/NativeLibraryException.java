package ndoe.cosim.binding;

/** A native library that this machine or this build does not have, or that is not what it was. */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NativeLibraryException(String message) {
    super(message);
  }

  public NativeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }
}
