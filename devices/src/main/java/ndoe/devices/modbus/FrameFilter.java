package ndoe.devices.modbus;

/** What becomes of a server’s answers on their way to a client; for emulating broken devices. */
public interface FrameFilter {
  /** Sends every answer as it is. */
  FrameFilter NONE = frame -> frame;

  /**
   * Called before an answer is sent, on the thread of its connection; may wait.
   *
   * @param frame from the transaction id to the last byte
   * @return what to send instead; nothing at all if empty
   */
  byte[] filter(byte[] frame);

  /**
   * Whether a connection that asks something now dies: it stays open, and nothing it asks now or
   * later is acted upon or answered.
   */
  default boolean buries() {
    return false;
  }
}
