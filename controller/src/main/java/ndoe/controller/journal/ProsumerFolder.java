package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import ndoe.feeders.ProsumerId;

/** What one prosumer keeps of a run for itself; nobody else writes or reads it. */
public final class ProsumerFolder {
  private final Path path;
  private final Consumer<List<SampleTrajectory>> journal;

  /**
   * A prosumer’s corner.
   *
   * @param journal keeps the samples for a run that is resumed
   */
  ProsumerFolder(Path path, Consumer<List<SampleTrajectory>> journal) {
    this.path = path;
    this.journal = journal;
  }

  /** Where it is in a run folder. */
  static Path of(Path run, ProsumerId prosumer) {
    return run.resolve("prosumers").resolve(FileName.unique(prosumer.value()));
  }

  /** Writes the samples the prosumer decided on; both counted from 0 in the file. */
  public void scenarios(List<SampleTrajectory> samples) {
    journal.accept(samples);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw RunFolderException.writing(path, e);
    }
    List<List<String>> lines = new ArrayList<>();
    for (int number = 0; number < samples.size(); number++) {
      lines.addAll(lines(number, samples.get(number)));
    }
    Path file = path.resolve(RunFile.SCENARIOS.fileName());
    try (CsvLog log = new CsvLog(file, RunFile.SCENARIOS.header())) {
      log.append(lines);
    }
  }

  private static List<List<String>> lines(int number, SampleTrajectory sample) {
    return IntStream.range(0, sample.generationKw().intervals())
        .mapToObj(
            interval ->
                List.of(
                    String.valueOf(number),
                    CsvLog.number(sample.probability()),
                    String.valueOf(interval),
                    CsvLog.number(sample.generationKw().at(interval))))
        .toList();
  }
}
