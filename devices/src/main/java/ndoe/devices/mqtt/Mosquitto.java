package ndoe.devices.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;

/** A Mosquitto broker of one’s own, in a process that ends with it; on loopback. */
public final class Mosquitto implements AutoCloseable {
  private static final long STARTS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 20;

  private final Path directory;
  private final List<String> lines;
  private final int port;
  private Process process;

  private Mosquitto(Path directory, List<String> lines, int port) {
    this.directory = directory;
    this.lines = List.copyOf(lines);
    this.port = port;
  }

  /** Where the program is, if it is installed. */
  public static Optional<Path> executable() {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":"))
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one at a port the system chooses.
   *
   * @param directory file names in the lines are relative to it
   * @param lines of its configuration, after the listener
   * @throws DeviceLinkException if it is not installed or does not listen in time
   */
  public static Mosquitto start(Path directory, List<String> lines) {
    Mosquitto broker = new Mosquitto(directory, lines, freePort());
    broker.startAgain();
    return broker;
  }

  public int port() {
    return port;
  }

  /** Ends it; {@link #startAgain} starts it where it was. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it without a chance to say or keep anything; {@link #startAgain} starts it again. */
  public void kill() {
    process.destroyForcibly();
    stop();
  }

  /** Starts it at its port. */
  public void startAgain() {
    Path program =
        executable().orElseThrow(() -> new DeviceLinkException("mosquitto is not installed"));
    try {
      Path configuration = Files.createTempFile("mosquitto", ".conf");
      configuration.toFile().deleteOnExit();
      String access = lines.contains("allow_anonymous false") ? "" : "allow_anonymous true\n";
      Files.writeString(
          configuration,
          "set_tcp_nodelay true\nuser root\nlistener %d 127.0.0.1\n%s%s\n"
              .formatted(port, access, String.join("\n", lines)));
      process =
          new ProcessBuilder(program.toString(), "-c", configuration.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new DeviceLinkException("mosquitto cannot be started: " + e.getMessage(), e);
    }
    awaitListening();
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitListening() {
    long start = System.nanoTime();
    while (!listens()) {
      boolean late = System.nanoTime() - start > STARTS_WITHIN_NANOS;
      try {
        if (late || process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          stop();
          throw new DeviceLinkException(
              late ? "mosquitto does not listen" : "mosquitto ended with " + process.exitValue());
        }
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
        throw new DeviceLinkException("interrupted while mosquitto starts", e);
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DeviceLinkException("no port is free: " + e.getMessage(), e);
    }
  }
}
