package ndoe.devices.modbus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket whose reads share one deadline, however few bytes arrive at a time. */
final class DeadlineSocket extends Socket {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private long deadlineNanos;

  void allow(long nanos) {
    deadlineNanos = System.nanoTime() + nanos;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        armTimeout();
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        armTimeout();
        return super.read(bytes, offset, length);
      }
    };
  }

  private void armTimeout() throws IOException {
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    setSoTimeout((int) Math.min(Integer.MAX_VALUE, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
  }
}
