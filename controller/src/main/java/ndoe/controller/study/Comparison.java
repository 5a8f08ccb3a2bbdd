package ndoe.controller.study;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.Scenario;

/**
 * The cases of one scenario side by side (method, section 14).
 *
 * @param rows in the order of {@link ComparedCase}
 */
public record Comparison(Scenario scenario, List<ComparisonRow> rows) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /** Hears how a comparison gets on. */
  public interface Listener {
    default void begins(ComparedCase compared) {}

    default void done(ComparisonRow row) {}
  }

  /**
   * Runs the cases one after the other, each with its own run folder in {@code folder}; the files
   * of the comparison grow with every case.
   *
   * @param folder exists and is empty
   * @param version of this program, for the record
   */
  public static Comparison run(
      Scenario scenario,
      Set<ComparedCase> cases,
      Settings settings,
      Path folder,
      String version,
      Clock clock,
      Listener listener) {
    List<ComparisonRow> rows = new ArrayList<>();
    try (ComparisonFile file = ComparisonFile.create(folder, scenario)) {
      for (ComparedCase compared : ComparedCase.values()) {
        if (cases.contains(compared)) {
          listener.begins(compared);
          RunOptions options =
              new RunOptions(
                  "compare",
                  version,
                  compared.decidedBy(),
                  settings,
                  Optional.empty(),
                  OptionalDouble.empty(),
                  false);
          RunFolder own = RunFolder.at(folder.resolve(compared.toString()), clock);
          rows.add(run(compared, compared.of(scenario), own, options, clock));
          ComparisonRow row = rows.get(rows.size() - 1);
          Comparison soFar = new Comparison(scenario, rows);
          file.add(row, soFar);
          ComparisonPage.write(folder, soFar);
          listener.done(row);
        }
      }
    }
    return new Comparison(scenario, rows);
  }

  private static ComparisonRow run(
      ComparedCase compared, Scenario scenario, RunFolder folder, RunOptions options, Clock clock) {
    AtomicReference<Agreement> agreed = new AtomicReference<>();
    RunListener catching =
        new RunListener() {
          @Override
          public void agreed(Agreement agreement) {
            agreed.set(agreement);
          }
        };
    long start = System.nanoTime();
    DayRun.negotiate(scenario, folder, options, clock, catching);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return ComparisonRow.of(compared, scenario, agreed.get(), took);
  }

  /** Whether the case was run that savings are measured against. */
  public boolean knowsSavings() {
    return rows.stream().anyMatch(row -> row.compared() == ComparedCase.NOP2P);
  }

  /** What a prosumer saves against the case in which nobody trades; empty when that was not run. */
  public OptionalDouble saving(ProsumerResult result) {
    return rows.stream()
        .filter(row -> row.compared() == ComparedCase.NOP2P)
        .flatMap(row -> row.of(result.prosumer()).stream())
        .mapToDouble(alone -> alone.cost() - result.cost())
        .findFirst();
  }

  /** Whether every case that looks at the network is certified. */
  public boolean secure() {
    return rows.stream().noneMatch(ComparisonRow::brokeItsPromise);
  }
}
