package ndoe.cosim.helics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a HELICS broker listens.
 *
 * @param host name or IPv4 address
 * @param port from 1; 0 lets the system choose, for a broker to be started
 */
public record BrokerAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:(?:tcp|zmq)://)?([A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final int TRIES = 100;
  private static final Duration RETRY = Duration.ofMillis(200);

  public BrokerAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port of a broker must be 0 to 65535, not " + port);
    }
  }

  /** The one HELICS itself looks for: on this machine, at the core’s usual port. */
  public static BrokerAddress usual(CoreType core) {
    return new BrokerAddress("127.0.0.1", core.defaultPort());
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code tcp://host:port}; the core’s usual port if none
   * is given.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static BrokerAddress parse(String text, CoreType core) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no address of a broker; allowed are HOST, HOST:PORT and tcp://HOST:PORT"
              .formatted(text));
    }
    String port = parts.group(2);
    return new BrokerAddress(
        parts.group(1), port == null ? core.defaultPort() : Integer.parseInt(port));
  }

  /** Whether only processes of this machine can reach it. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Whether somebody listens here before the wait is over. Asked first, because the library itself
   * fills the console while it tries.
   */
  boolean awaitListener(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    do {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), (int) RETRY.toMillis());
        return true;
      } catch (IOException nobody) {
        LockSupport.parkNanos(RETRY.toNanos());
      }
    } while (System.nanoTime() < deadline);
    return false;
  }

  /**
   * The same with a free port in place of 0, one with free ports behind it if the core needs so.
   */
  BrokerAddress withPort(CoreType core) {
    if (port != 0) {
      return this;
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int first = freePort(core.brokerPorts());
      if (first > 0) {
        return new BrokerAddress(host, first);
      }
    }
    throw new FederationException(
        FederationException.Reason.NO_BROKER,
        "no %d free ports in a row on %s for a broker".formatted(core.brokerPorts(), host));
  }

  /** The first of so many free ports in a row where the system happens to look, or 0. */
  private static int freePort(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      held.add(new ServerSocket(0));
      int first = held.get(0).getLocalPort();
      for (int next = first + 1; next < first + count; next++) {
        ServerSocket socket = new ServerSocket();
        held.add(socket);
        socket.bind(new InetSocketAddress(next));
      }
      return first;
    } catch (IOException | IllegalArgumentException taken) {
      return 0;
    } finally {
      held.forEach(BrokerAddress::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
