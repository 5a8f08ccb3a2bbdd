package ndoe.devices.gridsimulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import ndoe.devices.DeviceLinkException;

/**
 * Lines of SCPI over TCP, one exchange at a time.
 *
 * <p>Every line is sent once. Whatever is not exactly one answer within the deadline closes the
 * connection and throws {@link DeviceLinkException}; the next call connects again. Used by one
 * thread at a time.
 */
public final class ScpiLink implements AutoCloseable {
  /** Longest answer that is read, bytes. */
  public static final int MAX_ANSWER_BYTES = 1024;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ScpiAddress address;
  private final Duration deadline;
  private Socket socket;
  private int connections;

  /**
   * A link that is not connected yet.
   *
   * @param deadline for one exchange as a whole, connecting included
   */
  public ScpiLink(ScpiAddress address, Duration deadline) {
    if (deadline.toMillis() < 1 || deadline.toMinutes() >= 10) {
      throw new IllegalArgumentException(
          "the deadline of an exchange is 1 ms to 10 min, not " + deadline);
    }
    this.address = address;
    this.deadline = deadline;
  }

  public ScpiAddress address() {
    return address;
  }

  /** How often this link has connected: after a change the instrument may be another. */
  public int connections() {
    return connections;
  }

  /** Whether the last connection still stands as far as is known. */
  public boolean isConnected() {
    return socket != null;
  }

  /**
   * Sends a query and reads its answer.
   *
   * @return the answer without its line end and surrounding blanks
   * @throws DeviceLinkException if there is no whole answer in time, or more than one
   */
  public String ask(String query) {
    long end = System.nanoTime() + deadline.toNanos();
    send(query, end);
    try {
      return answer(query, end);
    } catch (IOException e) {
      throw broken(query, "no complete answer within " + deadline.toMillis() + " ms", e);
    }
  }

  /**
   * Sends a command that has no answer.
   *
   * @throws DeviceLinkException if it could not be sent; whether it arrived is then unknown
   */
  public void tell(String command) {
    send(command, System.nanoTime() + deadline.toNanos());
  }

  @Override
  public void close() {
    if (socket != null) {
      closeQuietly(socket);
      socket = null;
    }
  }

  private void send(String line, long end) {
    if (line.isBlank() || line.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("one line of printable ASCII, not \"" + line + "\"");
    }
    connect(end);
    try {
      if (socket.getInputStream().available() > 0) {
        throw broken(line, "an answer nobody asked for was waiting", null);
      }
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw broken(line, "the connection is lost", e);
    }
  }

  private String answer(String query, long end) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      arm(end);
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed by the instrument");
      }
      if (next == '\n') {
        break;
      }
      if (line.size() == MAX_ANSWER_BYTES) {
        throw broken(query, "the answer is longer than " + MAX_ANSWER_BYTES + " bytes", null);
      }
      line.write(next);
    }
    if (in.available() > 0) {
      throw broken(query, "more than one answer came", null);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  private void arm(long end) throws IOException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    socket.setSoTimeout(Math.toIntExact((left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
  }

  private void connect(long end) {
    if (socket != null) {
      return;
    }
    Socket fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      long left = Math.max(1, (end - System.nanoTime()) / NANOS_PER_MILLI);
      fresh.connect(new InetSocketAddress(address.host(), address.port()), Math.toIntExact(left));
      socket = fresh;
      connections++;
    } catch (IOException e) {
      closeQuietly(fresh);
      throw new DeviceLinkException(
          "%s cannot be reached: %s; check host, port, cabling and power"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private DeviceLinkException broken(String line, String why, Exception cause) {
    close();
    return new DeviceLinkException(
        "%s: \"%s\" failed: %s; the connection was closed".formatted(address, line, why), cause);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // nothing was left to lose
    }
  }
}
