package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.StudyRow;
import ndoe.controller.study.StudySetting;
import ndoe.controller.study.StudySite;
import ndoe.controller.study.StudyTable;
import ndoe.controller.study.UncertaintyStudy;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioFile.WholeHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "uncertainty",
    description =
        "What each way to hedge against the weather promises, and what it costs on days it did not"
            + " learn from. Writes uncertainty.csv.")
final class UncertaintyStudyCommand implements Callable<Integer> {
  /** Of the connection's capacity, where no envelopes are given. */
  private static final double ASSUMED_SHARE = 0.6;

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Mixin private ResultFolder result;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Test days drawn. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--envelopes",
      paramLabel = "FILE",
      description =
          "Envelopes the prosumers plan inside, envelopes.csv of a run; 60 %% of each connection's"
              + " capacity if absent.")
  private Path envelopes;

  @Option(
      names = "--sweep",
      description =
          "Also change history, samples and confidences, one at a time; five times the work.")
  private boolean sweep;

  @Override
  public Integer call() {
    if (days < 2) {
      throw new ParameterException(command.commandLine(), "--days must be at least 2: " + days);
    }
    WholeHistory history = ScenarioFile.readWithWholeHistory(scenario.path());
    if (history.days().size() < 2) {
      throw new ParameterException(
          command.commandLine(),
          "a study needs profiles of at least two other whole days; there are "
              + history.days().size());
    }
    Scenario day = history.scenario();
    List<StudySite> sites = sites(day);
    Path folder = result.open();
    PrintWriter terminal = command.commandLine().getOut();
    UncertaintyStudy study = new UncertaintyStudy(history, sites, days, new InteriorPointSolver());
    terminal.printf(
        "%d test days drawn from %d real ones, %d others to learn from%n",
        days, study.realTestDays(), study.mostHistoryDays());
    terminal.println(
        envelopes == null
            ? "envelopes: 60 % of each connection's capacity (no --envelopes)"
            : "envelopes: " + envelopes);
    List<StudySetting> settings =
        sweep
            ? StudySetting.sweeps(day.uncertainty(), study.mostHistoryDays())
            : StudySetting.comparison(day.uncertainty(), study.mostHistoryDays());
    List<StudyRow> rows =
        study.run(
            settings,
            (done, of) -> {
              if (done % sites.size() == 0) {
                terminal.println("tested " + done + " of " + of + " plans");
                terminal.flush();
              }
            });
    Path file = folder.resolve("uncertainty.csv");
    AtomicFile.write(file, StudyTable.csv(rows));
    terminal.print(StudyTable.text(rows, day.tariff().currency()));
    terminal.println("rows: " + file);
    terminal.flush();
    return 0;
  }

  private List<StudySite> sites(Scenario day) {
    Profile nothing = Profile.constant(0, day.horizon().intervals());
    if (envelopes == null) {
      return day.prosumers().stream().map(s -> new StudySite(s, assumed(s), nothing)).toList();
    }
    EnvelopePlan plan = EnvelopePlanFile.read(envelopes, day);
    return day.prosumers().stream()
        .map(s -> new StudySite(s, plan.of(s.id()).envelopes(), nothing))
        .toList();
  }

  private static List<OperatingEnvelope> assumed(ProsumerSite site) {
    OperatingEnvelope envelope =
        new OperatingEnvelope(
            ASSUMED_SHARE * site.connectionPoint().importCapacityKw(),
            ASSUMED_SHARE * site.connectionPoint().exportCapacityKw());
    return Collections.nCopies(site.loadKw().intervals(), envelope);
  }
}
