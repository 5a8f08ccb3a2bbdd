package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.rehearsal.KillRehearsal;
import ndoe.controller.rehearsal.KillReport;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "kills",
    description =
        "Kill the controller at every named point and at random moments, resume it, and compare with"
            + " a run that was never killed.")
final class RehearseKillsCommand implements Callable<Integer> {
  private static final double LONGEST_RESUMPTION_SECONDS = 5;

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Scenario file; the short day feeders/ieee33/ieee33-short.yaml if absent.")
  private Path scenario;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "200",
      description = "Kills at random moments. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Of the random moments. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the runs are kept; a folder for temporary files if absent.")
  private Path out;

  @Override
  public Integer call() {
    if (kills < 0) {
      throw new ParameterException(command.commandLine(), "--kills must be at least 0: " + kills);
    }
    Path day =
        scenario == null
            ? Ndoe.home().resolve(Path.of("feeders", "ieee33", "ieee33-short.yaml"))
            : scenario;
    ScenarioFile.read(day);
    Path folder = Ndoe.opened(this::folder);
    PrintWriter terminal = command.commandLine().getOut();
    KillReport report =
        new KillRehearsal(day, folder, seed, line -> say(terminal, line)).run(kills);
    print(terminal, report);
    say(terminal, "runs: " + folder);
    return report.isClean() ? 0 : Ndoe.DEFECT;
  }

  private Path folder() {
    try {
      return out == null ? Files.createTempDirectory("ndoe-rehearsal-") : EmptyFolder.at(out);
    } catch (IOException e) {
      throw new RunFolderException("no folder for the runs: " + e.getMessage(), e);
    }
  }

  private static void print(PrintWriter terminal, KillReport report) {
    say(
        terminal,
        "kills: %d at random moments (%d before anything was committed), %d at named points",
        report.randomKills(),
        report.beforeStart(),
        report.namedKills());
    double longest = report.longestResumption().toNanos() / 1e9;
    double mean =
        report.resumptions().stream().mapToLong(r -> r.elapsed().toNanos()).average().orElse(0)
            / 1e9;
    say(
        terminal,
        "resumptions: %d, on average %.2f s, at most %.2f s (%.2f s of CPU time; %s %.0f s)",
        report.resumptions().size(),
        mean,
        longest,
        report.mostCpu().toNanos() / 1e9,
        longest <= LONGEST_RESUMPTION_SECONDS ? "within" : "NOT within",
        LONGEST_RESUMPTION_SECONDS);
    say(
        terminal,
        "committed rows looked for again: %d, lost: %d; transactions lost: %d",
        report.rowsChecked(),
        report.lostRows(),
        report.lostCommits());
    say(
        terminal,
        "runs: %d, of them as if never killed: %s",
        report.runs(),
        report.differences().isEmpty() ? "all" : "NOT all");
    report.differences().forEach(difference -> say(terminal, "  different: %s", difference));
    report.failures().forEach(failure -> say(terminal, "  failed: %s", failure));
    report.notPassed().forEach(point -> say(terminal, "  never passed: %s", point));
  }

  private static void say(PrintWriter terminal, String format, Object... arguments) {
    terminal.println(
        arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    terminal.flush();
  }
}
