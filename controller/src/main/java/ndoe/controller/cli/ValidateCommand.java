package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.SecurityCase;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description =
        "Judge envelopes on the AC feeder: both corners, the plan and random points of every"
            + " interval. Exit code 0 when certified, 3 when a limit is broken.")
final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_LINES = 20;

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "SCENARIO", description = "Scenario file.")
  private Path scenarioFile;

  @Parameters(index = "1", paramLabel = "ENVELOPES", description = "Envelope file, envelopes.csv.")
  private Path envelopesFile;

  @Option(
      names = "--assets",
      paramLabel = "FILE",
      description =
          "Schedules of the operator's assets; dso-assets.csv beside the envelopes if there, else"
              + " all assets are idle.")
  private Path assetsFile;

  @Option(
      names = "--random-points",
      paramLabel = "N",
      defaultValue = "200",
      description = "Random points tried per interval. Default: ${DEFAULT-VALUE}.")
  private int randomPoints;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the random points; the scenario's if absent.")
  private Long seed;

  @Override
  public Integer call() {
    if (randomPoints < 0) {
      throw new ParameterException(
          command.commandLine(), "--random-points must be at least 0: " + randomPoints);
    }
    Scenario scenario = ScenarioFile.read(scenarioFile);
    EnvelopePlan envelopes = EnvelopePlanFile.read(envelopesFile, scenario);
    PrintWriter out = command.commandLine().getOut();
    List<AssetSchedule> assets = assets(scenario, out);
    Map<ProsumerId, Profile> plan = new HashMap<>();
    envelopes.points().forEach(p -> plan.put(p.prosumer(), p.plannedNetImportKw()));
    SecurityCase securityCase =
        new SecurityCase(
            scenario.feeder(),
            scenario.passiveLoads(),
            scenario.connectionPoints(),
            assets,
            envelopes,
            List.of(new Dispatch("plan", plan)),
            randomPoints,
            seed == null ? scenario.seed() : seed);
    Verdict verdict = new AcValidator(OpenDssPowerFlow::positiveSequence).validate(securityCase);
    out.println(Terminal.verdict(verdict, scenario));
    if (verdict instanceof Verdict.Violated violated) {
      violated.violations().stream()
          .limit(MOST_LINES)
          .forEach(violation -> out.println("  " + line(violation, scenario)));
      if (violated.violations().size() > MOST_LINES) {
        out.println("  and " + (violated.violations().size() - MOST_LINES) + " more");
      }
    }
    out.flush();
    return verdict instanceof Verdict.Certificate ? 0 : Ndoe.NOT_SECURE;
  }

  private List<AssetSchedule> assets(Scenario scenario, PrintWriter out) {
    Path beside = envelopesFile.resolveSibling("dso-assets.csv");
    Path file = assetsFile != null ? assetsFile : beside;
    if (assetsFile == null && !Files.exists(beside)) {
      out.println("assets: idle (no dso-assets.csv beside the envelopes, and no --assets)");
      return List.of();
    }
    out.println("assets: " + file);
    return AssetScheduleFile.read(file, scenario);
  }

  private static String line(Violation violation, Scenario scenario) {
    return "%s  %-14s %-16s %-6s %.4f %s (limit %.4f)"
        .formatted(
            scenario.horizon().startOf(violation.interval()),
            violation.point(),
            violation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            violation.element(),
            violation.value(),
            violation.kind().unit(),
            violation.limit());
  }
}
