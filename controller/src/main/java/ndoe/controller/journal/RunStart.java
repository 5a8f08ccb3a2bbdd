package ndoe.controller.journal;

import java.nio.file.Path;
import java.util.List;
import ndoe.feeders.Scenario;

/**
 * What was asked, written before anything happens.
 *
 * @param command what the user ran: {@code run}, {@code negotiate}
 * @param caseName who decides about the envelopes: {@code dso}, {@code static}, …
 * @param seed in force, which may differ from the scenario’s
 * @param toleranceKw of every mismatch between the parties, kW
 * @param namedFiles the files the scenario file names (feeder script, profiles); hashed, not copied
 */
public record RunStart(
    String command,
    String caseName,
    long seed,
    double toleranceKw,
    Scenario scenario,
    List<Path> namedFiles,
    Versions versions) {
  public RunStart {
    namedFiles = List.copyOf(namedFiles);
  }
}
