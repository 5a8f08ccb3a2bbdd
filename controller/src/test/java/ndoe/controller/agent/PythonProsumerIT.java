package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import ndoe.controller.ShortDay;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The prosumer of {@code lab-setup/python-prosumer} in the place of P18, at a table of Java
 * parties. With one sample a prosumer’s problem is deterministic, so that both have the same one to
 * solve.
 */
@Timeout(240)
class PythonProsumerIT {
  private static final Settings SETTINGS = Settings.defaults(20);
  private static final ProsumerId FOREIGN = new ProsumerId("P18");
  private static final Path SCRIPT =
      Path.of(System.getProperty("ndoe.home", ".."))
          .resolve("lab-setup/python-prosumer/prosumer.py")
          .toAbsolutePath();

  @TempDir private Path folder;

  private final Queue<MqttMessage> said = new ConcurrentLinkedQueue<>();
  private Process process;

  @AfterEach
  void endProcess() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  private static String pythonOrSkip() throws IOException {
    String python = System.getenv("NDOE_PEERS_PYTHON");
    boolean usable =
        python != null
            && Files.isExecutable(Path.of(python))
            && new ProcessBuilder(python, "-c", "import clarabel, paho.mqtt.client, yaml")
                    .start()
                    .onExit()
                    .join()
                    .exitValue()
                == 0;
    if (!usable) {
      System.out.println("skipped: NDOE_PEERS_PYTHON names no Python with paho-mqtt and clarabel");
    }
    Assumptions.assumeTrue(usable, "no Python with paho-mqtt and clarabel");
    return python;
  }

  @Test
  void agreesWithOperatorAndProsumersInJava() throws Exception {
    String python = pythonOrSkip();
    Path file = ShortDay.write(folder, 9, 6);
    Files.writeString(file, Files.readString(file).replaceFirst("scenarios: \\d+", "scenarios: 1"));
    List<Path> parts = new ArrayList<>(ScenarioSplit.write(file, folder.resolve("parts")));
    Path own = alone(parts);
    Agreement together = together(ScenarioFile.read(file));
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        PahoLink witness = PahoLink.connect(broker.address(), LinkSettings.of("witness"));
        Table table = new Table(parts, folder, broker.address(), (name, link) -> link)) {
      witness.subscribe("ndoe/#", said::add);
      start(python, own, broker.address().port());
      OperatorAgent.Outcome outcome =
          table.negotiate(
              SETTINGS, AgentTimings.standard().withJoin(java.time.Duration.ofSeconds(60)));
      tell(together, outcome);
      assertEquals(Map.of(), outcome.dropped());
      assertTrue(outcome.unconfirmed().isEmpty());
      assertTrue(outcome.agreement().effort().agreed() && outcome.agreement().certified());
      table.envelopes.forEach((id, envelope) -> assertTrue(envelope.isCertified(), id.value()));
      assertEquals(together.totalCost(), outcome.agreement().totalCost(), 1e-3 * together.scale());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "--once does not end");
      assertEquals(0, process.exitValue(), this::log);
      assertEquals(outcome.agreement().envelopes().of(FOREIGN).envelopes(), written(), this::log);
    }
    assertSaysOnlyWhatTheSchemaHas();
  }

  /** Its part and its profiles in a folder where nothing else is. */
  private Path alone(List<Path> parts) throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path part = parts.stream().filter(path -> path.endsWith("P18.yaml")).findAny().orElseThrow();
    parts.remove(part);
    Path profiles = part.resolveSibling("P18-profiles.csv.gz");
    Files.move(profiles, own.resolve(profiles.getFileName()));
    return Files.move(part, own.resolve(part.getFileName()));
  }

  private void start(String python, Path part, int port) throws IOException {
    process =
        new ProcessBuilder(
                python,
                SCRIPT.toString(),
                part.toString(),
                "--id=P18",
                "--port=" + port,
                "--negotiation=" + Table.NAME,
                "--state=" + folder.resolve("state"),
                "--once")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile())
            .start();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("python.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Agreement together(Scenario scenario) {
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            Table.SOLVER,
            Table.judge(),
            SETTINGS,
            new Post(),
            NegotiationListener.SILENT)) {
      return negotiation.agree(Case.NDOE);
    }
  }

  private static void tell(Agreement together, OperatorAgent.Outcome outcome) {
    System.out.printf(
        "objective %.6f in Java alone, %.6f with P18 in Python; rounds %d and %d, %.1f s%n",
        together.totalCost(),
        outcome.agreement().totalCost(),
        together.effort().rounds(),
        outcome.agreement().effort().rounds(),
        outcome.elapsed().toMillis() / 1000.0);
  }

  private List<OperatingEnvelope> written() throws IOException {
    try (Stream<String> lines =
        Files.lines(folder.resolve("state/envelope.csv"), StandardCharsets.UTF_8)) {
      return lines
          .skip(1)
          .map(line -> line.split(","))
          .map(
              cells ->
                  new OperatingEnvelope(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])))
          .toList();
    }
  }

  private void assertSaysOnlyWhatTheSchemaHas() {
    List<MqttMessage> own =
        said.stream().filter(message -> message.topic().contains("/p/p18/from/")).toList();
    assertTrue(own.size() > 20, () -> own.size() + " messages of P18");
    for (MqttMessage message : own) {
      assertEquals(
          List.of(),
          NegotiationSchema.problems(message.topic(), message.payload()),
          message.topic());
    }
  }
}
