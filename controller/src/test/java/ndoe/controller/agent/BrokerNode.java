package ndoe.controller.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.devices.mqtt.BrokerAddress;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A node of a cluster of Artemis brokers, a process of its own, so that it can be killed. */
final class BrokerNode implements AutoCloseable {
  /** What a user copies. */
  private static final Path CONFIGURATION = Path.of("..", "lab-setup", "mqtt", "cluster");

  private static final String LISTENS = "listens";

  private final Process process;
  private final int mqttPort;

  private BrokerNode(Process process, int mqttPort) {
    this.process = process;
    this.mqttPort = mqttPort;
  }

  /** Two nodes that know each other, at ports that were free. */
  static List<BrokerNode> two() throws IOException {
    List<Integer> ports = freePorts(4);
    BrokerNode a = start("node-a", ports.get(0), ports.get(1), ports.get(2));
    BrokerNode b = start("node-b", ports.get(1), ports.get(0), ports.get(3));
    a.awaitListening();
    b.awaitListening();
    return List.of(a, b);
  }

  private static BrokerNode start(String name, int ownPort, int otherPort, int mqttPort)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-Dio.netty.noUnsafe=true",
            "-Down.name=" + name,
            "-Down.port=" + ownPort,
            "-Dother.port=" + otherPort,
            "-Dmqtt.port=" + mqttPort,
            "-cp",
            System.getProperty("java.class.path"),
            BrokerNode.class.getName(),
            CONFIGURATION.resolve("broker.xml").toAbsolutePath().normalize().toUri().toString());
    return new BrokerNode(new ProcessBuilder(command).redirectErrorStream(true).start(), mqttPort);
  }

  /** The process: runs until it is killed. */
  public static void main(String[] configuration) throws Exception {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setConfigResourcePath(configuration[0]);
    server.start();
    System.out.println(LISTENS);
  }

  private void awaitListening() {
    List<String> said = new ArrayList<>();
    try {
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals(LISTENS)) {
          drain(lines);
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("a node does not start: " + String.join("\n", said));
  }

  private static void drain(BufferedReader lines) {
    Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "broker node");
    reader.setDaemon(true);
    reader.start();
  }

  BrokerAddress address() {
    return BrokerAddress.plain("127.0.0.1", mqttPort);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: it says goodbye to nobody. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All held until all are known, so that they differ. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket each : held) {
        each.close();
      }
    }
  }
}
