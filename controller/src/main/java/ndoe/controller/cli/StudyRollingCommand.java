package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.study.RollingStudy;
import ndoe.controller.study.RollingStudy.Day;
import ndoe.controller.study.RollingStudy.Renewal;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "rolling",
    description =
        "What negotiating again as the day unfolds is worth, against the envelopes of the day before"
            + " and those of somebody who knew the weather; and how many rounds it takes from where"
            + " everybody stood. Writes rolling.csv and renewals.csv.")
final class StudyRollingCommand implements Callable<Integer> {
  private static final int RANDOM_POINTS = 200;

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = "Intervals between renewals, from 1. Default: ${DEFAULT-VALUE}.")
  private int every;

  @Mixin private ResultFolder result;

  @Override
  public Integer call() {
    if (every < 1) {
      throw new ParameterException(command.commandLine(), "--every must be at least 1: " + every);
    }
    Scenario day = scenario.readBalanced();
    Path folder = result.open();
    PrintWriter out = command.commandLine().getOut();
    List<String> rows = new ArrayList<>(List.of("interval,warm_rounds,cold_rounds,certified"));
    out.println("interval  rounds warm  cold  certified");
    RollingStudy.Result done =
        new RollingStudy(day, Settings.defaults(RANDOM_POINTS))
            .run(
                every,
                renewal -> {
                  rows.add(row(renewal));
                  AtomicFile.write(folder.resolve("renewals.csv"), text(rows));
                  out.println(
                      "%8d  %11d  %4d  %s"
                          .formatted(
                              renewal.from(),
                              renewal.warmRounds(),
                              renewal.coldRounds(),
                              renewal.certified() ? "yes" : "NO"));
                  out.flush();
                });
    double warm = done.renewals().stream().mapToInt(Renewal::warmRounds).average().orElse(0);
    double cold = done.renewals().stream().mapToInt(Renewal::coldRounds).average().orElse(0);
    out.println(
        String.format(
            Locale.ROOT,
            "mean rounds: %.1f from where everybody stood, %.1f from nothing: %.2f of it",
            warm,
            cold,
            warm / cold));
    List<String> days = new ArrayList<>(List.of("case,cost,shed_kwh,uncertified_renewals"));
    for (Day each : done.days()) {
      days.add(
          String.format(
              Locale.ROOT,
              "%s,%.2f,%.3f,%d",
              each.name(),
              each.cost(),
              each.shedKwh(),
              each.uncertified()));
      out.println(
          String.format(
              Locale.ROOT,
              "%-18s %10.2f %s for all prosumers, %.1f kWh not served",
              each.name(),
              each.cost(),
              day.tariff().currency(),
              each.shedKwh()));
    }
    AtomicFile.write(folder.resolve("rolling.csv"), text(days));
    return 0;
  }

  private static String row(Renewal renewal) {
    return "%d,%d,%d,%s"
        .formatted(renewal.from(), renewal.warmRounds(), renewal.coldRounds(), renewal.certified());
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
