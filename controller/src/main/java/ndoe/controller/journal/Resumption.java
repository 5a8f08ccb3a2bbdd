package ndoe.controller.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Horizon;

/** What must be so before a run is resumed, and the files that are brought up to date first. */
final class Resumption {
  /** Absolute path of the scenario file. */
  static final String SCENARIO = "scenario_file";

  /** Hashes of what the run was started with, as {@link #hashes} gives them. */
  static final String HASHES = "hashes";

  /** How the run was started. */
  static final String OPTIONS = "options";

  /** {@code run.json} as it stands. */
  static final String RUN_JSON = "run_json";

  private Resumption() {}

  /** The scenario, the files it names and the fleet, each with its hash and absolute path. */
  static String hashes(Path scenarioFile, List<Path> namedFiles, Optional<Path> fleetFile) {
    StringBuilder hashes = new StringBuilder();
    hashes.append(line(scenarioFile));
    namedFiles.forEach(file -> hashes.append(line(file)));
    fleetFile.ifPresent(file -> hashes.append(line(file)));
    return hashes.toString();
  }

  private static String line(Path file) {
    return Sha256.of(file) + "  " + file.toAbsolutePath().normalize() + "\n";
  }

  /** Throws RunFolderException with the first reason why the run cannot go on. */
  static void check(Path folder, RunJournal journal) {
    if (journal.fact(OPTIONS).filter(options -> !options.isEmpty()).isEmpty()) {
      throw new RunFolderException(
          folder + " cannot be resumed: it was not begun by ./ndoe run; start it again");
    }
    RunStatus status = RunJson.of(journal.fact(RUN_JSON).orElseThrow()).status();
    if (status != RunStatus.RUNNING && isWritten(folder)) {
      throw new RunFolderException(
          "%s has ended (%s): there is nothing to go on with".formatted(folder, status.word()));
    }
    for (String line : journal.fact(HASHES).orElseThrow().lines().toList()) {
      String[] hashAndFile = line.split(" {2}", 2);
      Path file = Path.of(hashAndFile[1]);
      if (!Files.isRegularFile(file) || !Sha256.of(file).equals(hashAndFile[0])) {
        throw new RunFolderException(
            "%s cannot be resumed: %s is not what it was started with; put that back or start a new"
                    .formatted(folder, file)
                + " run");
      }
    }
  }

  /** Whether everything that comes after the end is there too. */
  private static boolean isWritten(Path folder) {
    Path run = folder.resolve(RunFile.RUN.fileName());
    return Files.exists(folder.resolve("report.html"))
        && Files.exists(run)
        && RunJsonReader.read(run).status() != RunStatus.RUNNING;
  }

  /** Writes the agreement’s files anew. */
  static void export(Path folder, RunJournal journal, Horizon horizon) {
    exportEnvelopes(folder, horizon, journal.latest(RunTables.ENVELOPES));
    exportAssets(folder, horizon, journal.latest(RunTables.ASSETS));
    SampleRow.trajectories(journal.first(RunTables.SAMPLES))
        .forEach(
            (prosumer, samples) ->
                new ProsumerFolder(ProsumerFolder.of(folder, prosumer), kept -> {})
                    .scenarios(samples));
  }

  static void exportEnvelopes(Path folder, Horizon horizon, List<EnvelopeRow> rows) {
    AtomicFile.replace(
        folder.resolve(RunFile.ENVELOPES.fileName()),
        next -> EnvelopePlanFile.write(next, ResumeReader.plan(horizon, rows)));
  }

  static void exportAssets(Path folder, Horizon horizon, List<AssetRow> rows) {
    AtomicFile.replace(
        folder.resolve(RunFile.ASSETS.fileName()),
        next -> AssetScheduleFile.write(next, horizon, AssetRow.schedules(rows)));
  }
}
