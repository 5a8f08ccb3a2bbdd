package ndoe.cosim.helics;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * The struct by which a call says that it failed: a 32-bit code, 0 for none, and the address of a
 * text owned by the library.
 */
final class HelicsError {
  private static final long MESSAGE_OFFSET = Native.POINTER_SIZE;

  private final Memory struct = new Memory(MESSAGE_OFFSET + Native.POINTER_SIZE);

  HelicsError() {
    struct.clear();
  }

  Pointer pointer() {
    return struct;
  }

  boolean isSet() {
    return struct.getInt(0) != 0;
  }

  /** Code and text of the failure. */
  String text() {
    Pointer message = struct.getPointer(MESSAGE_OFFSET);
    String words = message == null ? "" : message.getString(0, StandardCharsets.UTF_8.name());
    return "%s (HELICS error %d)".formatted(words.strip(), struct.getInt(0));
  }

  /**
   * Nothing if the last call did what it should.
   *
   * @throws FederationException with what was tried and what the library says
   */
  void check(String tried) {
    if (isSet()) {
      String text = text();
      struct.clear();
      throw new FederationException(
          FederationException.Reason.BROKEN, "could not %s: %s".formatted(tried, text));
    }
  }
}
