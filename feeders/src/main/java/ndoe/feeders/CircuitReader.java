package ndoe.feeders;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads a feeder in OpenDSS’s own language and asks the engine what it is. */
final class CircuitReader {
  private final Path master;
  private final Problems problems;
  private List<Path> files;

  CircuitReader(Path master, Problems problems) {
    this.master = master;
    this.problems = problems;
    this.files = List.of(master);
  }

  /** The files read, the master file first. */
  List<Path> files() {
    return files;
  }

  /**
   * The feeder, or nothing after telling what is wrong with it.
   *
   * @param sourceVoltagePu instead of the script’s
   * @param ratingsKva instead of the engine’s, by name of the branch as {@code line.650632}, of a
   *     line as {@code 650632}; {@code default} is for all others
   */
  Optional<Feeder> read(
      OptionalDouble sourceVoltagePu, VoltageLimits limits, Map<String, Double> ratingsKva) {
    Optional<CircuitScript> circuit = MasterFile.read(master, problems);
    if (circuit.isEmpty()) {
      return Optional.empty();
    }
    CircuitScript asked = circuit.get();
    files = asked.files();
    if (sourceVoltagePu.isPresent()) {
      asked = asked.with("Edit Vsource.Source pu=" + sourceVoltagePu.getAsDouble());
    }
    Optional<CircuitSurveyor> surveyor = CircuitSurveyor.available();
    if (surveyor.isEmpty()) {
      throw new IllegalStateException("no OpenDSS engine on the class path");
    }
    CircuitSurvey survey = surveyor.get().survey(asked);
    if (survey instanceof CircuitSurvey.Refused refused) {
      tell(asked, refused);
      return Optional.empty();
    }
    CircuitSurvey.Found found = (CircuitSurvey.Found) survey;
    Map<String, Double> ratings = new HashMap<>();
    ratingsKva.forEach((name, kva) -> ratings.put(name.toLowerCase(Locale.ROOT), kva));
    List<Line> branches = found.branches().stream().map(branch -> rated(branch, ratings)).toList();
    return Optional.of(
        new Feeder(
            asked.name(),
            found.nominalVoltageKv(),
            found.sourceVoltagePu(),
            limits,
            found.nodes(),
            branches,
            found.loads(),
            Optional.of(asked.script())));
  }

  private void tell(CircuitScript circuit, CircuitSurvey.Refused refused) {
    if (refused.statement().isEmpty()) {
      problems.add(master, 0, "", refused.reason());
      return;
    }
    CircuitScript.Statement statement = circuit.statements().get(refused.statement().getAsInt());
    problems.add(statement.file(), statement.line(), "", refused.reason());
  }

  private static Line rated(Line branch, Map<String, Double> ratings) {
    String name = branch.id().value().toLowerCase(Locale.ROOT);
    Double ofDefault = ratings.getOrDefault("default", branch.ratingKva());
    double kva =
        ratings.getOrDefault(name, ratings.getOrDefault(name.replace("line.", ""), ofDefault));
    return new Line(
        branch.id(),
        branch.from(),
        branch.to(),
        branch.resistanceOhm(),
        branch.reactanceOhm(),
        kva);
  }
}
