package ndoe.devices.emulator;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.devices.modbus.FrameFilter;

/** Answers of a device as its faults make them. */
final class FaultyFrames implements FrameFilter {
  private static final int TRANSACTION_ID = 1;
  private static final int UNIT_ID = 6;
  private static final byte[] NOTHING = {};

  private final FaultState faults;
  private final CountDownLatch closing;

  /**
   * A filter of one server.
   *
   * @param closing counted down to let late answers go
   */
  FaultyFrames(FaultState faults, CountDownLatch closing) {
    this.faults = faults;
    this.closing = closing;
  }

  @Override
  public boolean buries() {
    return faults.has(Fault.HALF_OPEN);
  }

  @Override
  public byte[] filter(byte[] frame) {
    if (faults.has(Fault.SILENT)) {
      return NOTHING;
    }
    if (faults.has(Fault.LATE)) {
      await();
    }
    byte[] sent = frame.clone();
    if (faults.has(Fault.WRONG_TRANSACTION_ID)) {
      sent[TRANSACTION_ID] ^= 1;
    }
    if (faults.has(Fault.WRONG_UNIT_ID)) {
      sent[UNIT_ID] ^= 1;
    }
    return faults.has(Fault.TORN_FRAME) ? Arrays.copyOf(sent, sent.length / 2) : sent;
  }

  private void await() {
    try {
      closing.await(EmulatedDevice.LATENESS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
