package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import ndoe.controller.rehearsal.KillRehearsal;
import ndoe.controller.rehearsal.KillReport;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private RehearsalFolder runs;

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
    Path folder = runs.open();
    Printout terminal = Printout.of(command);
    KillReport report = new KillRehearsal(day, folder, seed, terminal::say).run(kills);
    print(terminal, report);
    terminal.say("runs: " + folder);
    return report.isClean() ? 0 : Ndoe.DEFECT;
  }

  private static void print(Printout terminal, KillReport report) {
    terminal.say(
        "kills: %d at random moments (%d before anything was committed), %d at named points",
        report.randomKills(), report.beforeStart(), report.namedKills());
    double longest = report.longestResumption().toNanos() / 1e9;
    double mean =
        report.resumptions().stream().mapToLong(r -> r.elapsed().toNanos()).average().orElse(0)
            / 1e9;
    terminal.say(
        "resumptions: %d, on average %.2f s, at most %.2f s (%.2f s of CPU time; %s %.0f s)",
        report.resumptions().size(),
        mean,
        longest,
        report.mostCpu().toNanos() / 1e9,
        longest <= LONGEST_RESUMPTION_SECONDS ? "within" : "NOT within",
        LONGEST_RESUMPTION_SECONDS);
    terminal.say(
        "committed rows looked for again: %d, lost: %d; transactions lost: %d",
        report.rowsChecked(), report.lostRows(), report.lostCommits());
    terminal.say(
        "runs: %d, of them as if never killed: %s",
        report.runs(), report.differences().isEmpty() ? "all" : "NOT all");
    report.differences().forEach(difference -> terminal.say("  different: %s", difference));
    report.failures().forEach(failure -> terminal.say("  failed: %s", failure));
    report.notPassed().forEach(point -> terminal.say("  never passed: %s", point));
  }
}
