package ndoe.controller.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import ndoe.controller.loop.CommissioningSession;
import ndoe.devices.commissioning.CommissioningStep;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "commission",
    description =
        "Try one real device before its first run: step it through its limits with read-back and"
            + " measured effect, let it revert once, leave it at its default, and write a signed-off"
            + " report. It moves real power.")
final class CommissionCommand implements Callable<Integer> {
  private static final int MOST_SETTLE_SECONDS = 600;
  private static final int MOST_REVERSION_SECONDS = 600;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id in the fleet file.")
  private String device;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Scenario file the fleet file belongs to; the reference day if absent.")
  private Path scenario;

  @Option(names = "--fleet", required = true, paramLabel = "FILE", description = "Fleet file.")
  private Path fleet;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "100,75,50,25,0",
      description = "Percent of the rating, 0 to 100, in this order. Default: ${DEFAULT-VALUE}.")
  private List<Double> steps;

  @Option(
      names = "--settle",
      paramLabel = "S",
      defaultValue = "30",
      description = "Longest wait for the effect of a step, 1 to 600 s. Default: ${DEFAULT-VALUE}.")
  private int settleSeconds;

  @Option(
      names = "--reversion",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "Time after which the device is to fall back by itself, 3 to 600 s; 0 leaves that out."
              + " Default: ${DEFAULT-VALUE}.")
  private int reversionSeconds;

  @Option(names = "--by", paramLabel = "NAME", description = "Who signs the report.")
  private String by = System.getProperty("user.name", "");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes, a new file; commissioning-DEVICE.md if absent.")
  private Path report;

  @Option(names = "--yes", description = "Do not ask before power moves.")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    check();
    Path file =
        report == null ? Path.of("commissioning-" + device.replaceAll("\\W", "-") + ".md") : report;
    if (Files.exists(file)) {
      throw bad("--report %s is there already".formatted(file));
    }
    Path day = ScenarioArgument.orReference(scenario);
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch stop = new CountDownLatch(1);
    boolean reverts = reversionSeconds > 0;
    Duration reversion = Duration.ofSeconds(reverts ? reversionSeconds : 60);
    Thread hook = new Thread(stop::countDown, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (CommissioningSession session =
        CommissioningSession.open(ScenarioFile.read(day), fleet, device, reversion)) {
      if (!session.isControllable()) {
        throw bad("%s is a meter: there is nothing to set".formatted(device));
      }
      CommissioningText text =
          new CommissioningText(session, session.priorControl(), by, Clock.systemUTC());
      text.introduction().forEach(out::println);
      out.flush();
      if (!yes && !confirmed(out)) {
        out.println("nothing was written");
        return Ndoe.BAD_INPUT;
      }
      List<CommissioningStep> done =
          session.run(
              steps.stream().map(percent -> percent / 100).toList(),
              Duration.ofSeconds(settleSeconds),
              reverts,
              step -> {
                out.println(text.line(step));
                out.flush();
              },
              stop);
      CommissioningText.Result result = CommissioningText.result(done, stop.getCount() == 0);
      write(file, text.report(done, result));
      out.println(result + "; report: " + file);
      return result == CommissioningText.Result.PASSED ? 0 : Ndoe.UNREACHABLE;
    }
  }

  private void check() {
    if (steps.stream().anyMatch(percent -> !(percent >= 0 && percent <= 100))) {
      throw bad("--steps must be 0 to 100 percent: " + steps);
    }
    if (settleSeconds < 1 || settleSeconds > MOST_SETTLE_SECONDS) {
      throw bad("--settle must be 1 to 600 s: " + settleSeconds);
    }
    if (reversionSeconds != 0
        && (reversionSeconds < 3 || reversionSeconds > MOST_REVERSION_SECONDS)) {
      throw bad("--reversion must be 0 or 3 to 600 s: " + reversionSeconds);
    }
  }

  private boolean confirmed(PrintWriter out) throws IOException {
    out.print("Type the device's id to let power move: ");
    out.flush();
    String typed =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    return Optional.ofNullable(typed).map(String::strip).filter(device::equals).isPresent();
  }

  private void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw bad("--report %s is there already".formatted(file));
    }
  }

  private ParameterException bad(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
