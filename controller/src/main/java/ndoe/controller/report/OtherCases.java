package ndoe.controller.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunRecord;

/**
 * What other runs of the same scenario cost; a run alone knows only its own figures.
 *
 * @param runs those that came to an agreement, by name
 */
record OtherCases(List<Other> runs) {
  OtherCases {
    runs = List.copyOf(runs);
  }

  /** One of them. */
  record Other(String name, RunRecord run) {}

  /**
   * Reads run folders, and the run folders in folders of {@code ./ndoe compare}.
   *
   * @throws RunFolderException when a folder holds no run, or one of another scenario or of more or
   *     fewer intervals
   */
  static OtherCases read(RunRecord own, List<Path> folders) {
    List<Other> runs = new ArrayList<>();
    for (Path folder : folders) {
      for (Path run : runsIn(folder)) {
        RunRecord other = RunReader.of(run).run();
        requireSame(own, other, run);
        if (other.agreed().isPresent()) {
          runs.add(new Other(name(own, other, run), other));
        }
      }
    }
    return new OtherCases(runs);
  }

  /** With what was changed in the scenario, if anything was. */
  private static String name(RunRecord own, RunRecord other, Path folder) {
    String description = other.scenario().description();
    return folder.getFileName()
        + (description.equals(own.scenario().description()) ? "" : " (" + description + ")");
  }

  private static List<Path> runsIn(Path folder) {
    if (!Files.exists(folder.resolve("compare.csv"))) {
      return List.of(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Files.exists(file.resolve("run.json"))).sorted().toList();
    } catch (IOException e) {
      throw new RunFolderException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void requireSame(RunRecord own, RunRecord other, Path folder) {
    if (!own.scenario().sha256().equals(other.scenario().sha256())
        || !own.scenario().horizon().equals(other.scenario().horizon())) {
      throw new RunFolderException(
          "%s is a run of another scenario (%s, not %s) or of another time: its costs say nothing"
                  .formatted(folder, other.scenario().name(), own.scenario().name())
              + " about this run");
    }
  }

  /** Nothing when there are none. */
  String html(RunRecord own) {
    if (runs.isEmpty() || own.agreed().isEmpty()) {
      return "";
    }
    String currency = own.scenario().currency();
    double total = RunFigures.totalCost(own.agreed().get());
    Table table =
        new Table("Against other cases")
            .words("case")
            .words("certified")
            .numbers("network, " + currency)
            .numbers("prosumers, " + currency)
            .numbers("total, " + currency)
            .numbers("this run costs less by, " + currency);
    row(table, "this run: " + own.caseName(), own, total);
    runs.forEach(other -> row(table, other.name(), other.run(), total));
    return Page.section(
        "Against other cases",
        "<p class=summary>What was agreed in each for the same scenario and time; the value of"
            + " envelopes is in none. A case that is not certified breaks limits of the network, so"
            + " that its cost cannot be had.</p>\n"
            + table.html());
  }

  private static void row(Table table, String name, RunRecord run, double ownTotal) {
    AgreementFacts facts = run.agreed().orElseThrow();
    table.row(
        name,
        run.judgement().map(j -> j.certified() ? "yes" : "no").orElse(Figures.NONE),
        Figures.money(RunFigures.networkCost(facts)),
        Figures.money(facts.prosumerCost()),
        Figures.money(RunFigures.totalCost(facts)),
        Figures.money(RunFigures.totalCost(facts) - ownTotal));
  }
}
