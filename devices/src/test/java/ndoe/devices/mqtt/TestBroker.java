package ndoe.devices.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker that a test may end and start again where it was. */
public interface TestBroker extends AutoCloseable {
  BrokerAddress address();

  void stop();

  void startAgain();

  @Override
  default void close() {
    stop();
  }

  static TestBroker embedded() {
    return new Embedded();
  }

  static boolean mosquittoInstalled() {
    return mosquitto().length > 0;
  }

  /** A Mosquitto with these lines in its configuration after the listener. */
  static TestBroker mosquitto(String... lines) {
    return mosquittoIn(Path.of(System.getProperty("java.io.tmpdir")), List.of(lines));
  }

  /** The same, with the file names in the lines relative to a directory. */
  static TestBroker mosquittoIn(Path directory, List<String> lines) {
    return new Mosquitto(mosquitto()[0], directory, lines);
  }

  private static Path[] mosquitto() {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":"))
        .map(directory -> Path.of(directory, "mosquitto"))
        .filter(Files::isExecutable)
        .toArray(Path[]::new);
  }

  /** In this process. */
  final class Embedded implements TestBroker {
    private EmbeddedBroker broker = EmbeddedBroker.start();
    private final BrokerAddress address = broker.address();

    @Override
    public BrokerAddress address() {
      return address;
    }

    @Override
    public void stop() {
      broker.close();
    }

    @Override
    public void startAgain() {
      broker = EmbeddedBroker.start(address.port());
    }
  }

  /** A process of its own. */
  final class Mosquitto implements TestBroker {
    private final Path executable;
    private final Path directory;
    private final List<String> lines;
    private final int port;
    private Process process;

    private Mosquitto(Path executable, Path directory, List<String> lines) {
      this.executable = executable;
      this.directory = directory;
      this.lines = lines;
      this.port = freePort();
      startAgain();
    }

    @Override
    public BrokerAddress address() {
      return BrokerAddress.plain("127.0.0.1", port);
    }

    @Override
    public void stop() {
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void startAgain() {
      try {
        Path configuration = Files.createTempFile("mosquitto", ".conf");
        configuration.toFile().deleteOnExit();
        String access = lines.contains("allow_anonymous false") ? "" : "allow_anonymous true\n";
        Files.writeString(
            configuration,
            "set_tcp_nodelay true\nuser root\nlistener %d 127.0.0.1\n%s%s\n"
                .formatted(port, access, String.join("\n", lines)));
        process =
            new ProcessBuilder(executable.toString(), "-c", configuration.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      Eventually.until("mosquitto listens", this::listens);
    }

    private boolean listens() {
      if (!process.isAlive()) {
        throw new IllegalStateException("mosquitto ended with " + process.exitValue());
      }
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
        throw new IllegalStateException(e);
      }
    }
  }
}
