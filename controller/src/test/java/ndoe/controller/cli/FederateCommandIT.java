package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ndoe.controller.ReferenceDay;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The twin, HELICS’s own broker and two Python federates, each a process, on loopback. */
@Timeout(180)
class FederateCommandIT {
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int PORTS = 20;
  private static final double SAME_VOLTAGE_PU = 1e-9;
  private static final int SECONDS = 120;
  private static final Path PEERS =
      Path.of(System.getProperty("ndoe.home", "..")).resolve("lab-setup/helics");

  @TempDir Path temp;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private static Path pythonOrSkip() throws IOException {
    String python = System.getenv("NDOE_PEERS_PYTHON");
    boolean usable =
        python != null
            && Files.isExecutable(Path.of(python))
            && new ProcessBuilder(python, "-c", "import helics").start().onExit().join().exitValue()
                == 0;
    if (!usable) {
      System.out.println("skipped: NDOE_PEERS_PYTHON names no Python with helics");
    }
    Assumptions.assumeTrue(usable, "no Python with helics");
    return Path.of(python);
  }

  private Process start(String name, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve(name + ".out").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private void assertEnds(int code, String name, Process process) throws Exception {
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    String said = Files.readString(temp.resolve(name + ".out"));
    assertTrue(ended, name + " does not end: " + said);
    assertEquals(code, process.exitValue(), name + ": " + said);
  }

  /**
   * The first of several free ports in a row, as a ZeroMQ broker and its cores need them: below
   * those the system hands out, so that no connection made meanwhile takes one of them.
   */
  private static int freePorts() {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT - PORTS);
      if (IntStream.range(first, first + PORTS).allMatch(FederateCommandIT::isFree)) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private List<String> peer(Path python, String script, String core, String broker, String csv) {
    return List.of(
        python.toString(),
        PEERS.resolve(script).toString(),
        "--core=" + core,
        "--broker=" + broker,
        "--csv=" + temp.resolve(csv));
  }

  private static List<String> twin(String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Ndoe.class.getName(),
                "federate",
                ReferenceDay.FILE.toString()));
    command.addAll(List.of(options));
    return command;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zmq", "tcp"})
  void aForeignProsumerAndAForeignOperatorMeetTheFeederInFourProcesses(String core)
      throws Exception {
    Path python = pythonOrSkip();
    String broker = "127.0.0.1:" + freePorts();
    Process root =
        start(
            "broker",
            List.of(
                python.resolveSibling("helics_broker").toString(),
                "--federates=3",
                "--coretype=" + core,
                "--port=" + broker.split(":", 2)[1]));
    Process feeder = start("twin", twin("--core", core, "--broker", broker, "--wait", "60"));
    Process prosumer =
        start("prosumer", peer(python, "prosumer_federate.py", core, broker, "prosumer.csv"));
    List<String> watching =
        new ArrayList<>(peer(python, "operator_federate.py", core, broker, "operator.csv"));
    Scenario day = ReferenceDay.scenario();
    watching.add(
        "--buses="
            + day.feeder().buses().stream().map(Object::toString).collect(Collectors.joining(",")));
    Process operator = start("operator", watching);
    assertEnds(0, "prosumer", prosumer);
    assertEnds(0, "operator", operator);
    assertEnds(Ndoe.NOT_SECURE, "twin", feeder);
    assertEnds(0, "broker", root);
    assertSameAsASolutionWithoutThem(day);
  }

  private void assertSameAsASolutionWithoutThem(Scenario day) throws IOException {
    List<double[]> drawn = numbers(temp.resolve("prosumer.csv"));
    List<double[]> seen = numbers(temp.resolve("operator.csv"));
    assertEquals(24, drawn.size());
    assertEquals(24, seen.size());
    List<AssetSchedule> idle = AssetSchedule.idle(day.operator(), 24);
    FeederUse use = new FeederUse(day.feeder(), day.passiveLoads(), day.connectionPoints(), idle);
    Injections injections = use.injections();
    int curtailed = 0;
    try (PowerFlow powerFlow = OpenDssPowerFlow.threePhase(day.feeder())) {
      for (int t = 0; t < 24; t++) {
        assertEquals(3600.0 * t, drawn.get(t)[0], "the prosumer’s grants in order");
        assertEquals(3600.0 * t + 1800, seen.get(t)[0], "the operator’s grants in order");
        assertEquals(1, seen.get(t)[1], "every voltage is of this step");
        double exportLimitKw = t == 0 ? 0 : seen.get(t - 1)[2];
        assertEquals(exportLimitKw, drawn.get(t)[2], "the limit set in the step before");
        assertTrue(drawn.get(t)[3] >= -exportLimitKw);
        curtailed += 120 - drawn.get(t)[1] < -exportLimitKw ? 1 : 0;
        use.put(t, netImports(day, t, drawn.get(t)[3]), injections);
        GridState state = powerFlow.solve(injections);
        for (int bus = 0; bus < day.feeder().buses().size(); bus++) {
          assertEquals(state.voltagePu(bus, 0), seen.get(t)[3 + bus], SAME_VOLTAGE_PU);
        }
      }
    }
    assertTrue(curtailed >= 5, curtailed + " steps with a limit that binds");
  }

  private static double[] netImports(Scenario day, int interval, double ofTheFirstKw) {
    double[] netImportKw =
        day.prosumers().stream().mapToDouble(site -> unmanaged(site, interval)).toArray();
    netImportKw[0] = ofTheFirstKw;
    return netImportKw;
  }

  private static double unmanaged(ProsumerSite site, int interval) {
    double generation =
        site.pv().map(plant -> plant.availablePowerKw().at(interval)).orElse(0.0)
            + site.wind().map(plant -> plant.availablePowerKw().at(interval)).orElse(0.0);
    return site.loadKw().at(interval) - generation;
  }

  private static List<double[]> numbers(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .map(
            line ->
                Arrays.stream(line.split(",", -1))
                    .mapToDouble(cell -> Double.parseDouble(cell.replace("nan", "NaN")))
                    .toArray())
        .toList();
  }

  @Test
  void alonePublishesWhatIsPlanned() {
    Said said = federate("--start-broker", "--federates", "1", "--broker", "127.0.0.1:0");
    assertEquals(Ndoe.NOT_SECURE, said.code(), said.err());
    assertTrue(said.out().startsWith("broker: 127.0.0.1:"), said.out());
    assertTrue(said.out().contains("nobody publishes them: P18, P33"), said.out());
    assertTrue(said.out().contains("end of the day: 24 solutions, 2 with a broken"), said.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --start-broker               | --start-broker and --federates go together
          --federates=2                | --start-broker and --federates go together
          --broker=127.0.0.1:0         | port 0 of --broker needs --start-broker
          --broker=http://x            | allowed are HOST, HOST:PORT and tcp://HOST:PORT
          --step=0                     | --step must be 1 to 86400 s, not 0.0
          --step=NaN                   | --step must be 1 to 86400 s, not NaN
          --core=mpi                   | zmq
          --wait=-1                    | --wait must be 0 to 86400 s, not -1
          """)
  void saysWhatAnOptionMayBe(String option, String expected) {
    Said said = federate(option);
    assertEquals(Ndoe.BAD_INPUT, said.code());
    assertTrue(said.err().contains(expected), said.err());
  }

  @Test
  void saysThatThereIsNoBroker() throws IOException {
    String nobody = "127.0.0.1:" + freePorts();
    Said said = federate("--broker", nobody, "--wait", "0");
    assertEquals(Ndoe.UNREACHABLE, said.code());
    assertTrue(said.err().contains("nobody listens at " + nobody), said.err());
  }

  private record Said(int code, String out, String err) {}

  private static Said federate(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> words = new ArrayList<>(List.of("federate", ReferenceDay.FILE.toString()));
    words.addAll(List.of(options));
    int code = command.execute(words.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }
}
