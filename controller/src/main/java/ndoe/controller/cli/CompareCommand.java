package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.report.RunsPage;
import ndoe.controller.study.ComparedCase;
import ndoe.controller.study.Comparison;
import ndoe.controller.study.ComparisonRow;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "compare",
    description =
        "Run the cases of one scenario one after the other and put them side by side, or put runs"
            + " side by side that are there already. Exit code 0 when every case that respects the"
            + " network is certified, else 3.")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "SCENARIO|RUN",
      description =
          "Scenario file; the reference day feeders/ieee33/ieee33-improved.yaml if absent. Or two"
              + " or more run folders, of which the first is what the others are held against.")
  private List<Path> compared = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder for compare.html and compare.csv, and of cases for compare-prosumers.csv and a"
              + " run folder each; must be empty or not there yet.")
  private Path out;

  @Option(
      names = "--random-points",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Random points inside the envelopes the judge tries, per interval. Default:"
              + " ${DEFAULT-VALUE}.")
  private int randomPoints;

  @Option(
      names = "--cases",
      paramLabel = "CASE",
      split = ",",
      converter = CaseByLabel.class,
      completionCandidates = CaseLabels.class,
      description =
          "Only these, separated by commas: ${COMPLETION-CANDIDATES}. Savings are against nop2p"
              + " and need it. All if absent.")
  private List<ComparedCase> cases = List.of();

  @Override
  public Integer call() {
    if (randomPoints < 0) {
      throw problem("--random-points must be at least 0: " + randomPoints);
    }
    if (compared.stream().anyMatch(Files::isDirectory)) {
      return runs();
    }
    if (compared.size() > 1) {
      throw problem("give one scenario file, or two or more run folders: " + compared);
    }
    Scenario day =
        ScenarioFile.read(
            ScenarioArgument.orReference(compared.isEmpty() ? null : compared.get(0)));
    Ndoe.opened(() -> EmptyFolder.at(out));
    Set<ComparedCase> asked =
        cases.isEmpty() ? EnumSet.allOf(ComparedCase.class) : EnumSet.copyOf(cases);
    PrintWriter terminal = command.commandLine().getOut();
    Comparison comparison =
        Comparison.run(
            day,
            asked,
            Settings.defaults(randomPoints),
            out,
            Ndoe.version(),
            Clock.system(ZoneId.systemDefault()),
            progress(terminal, asked.size()));
    terminal.println();
    ComparisonTable.lines(comparison).forEach(terminal::println);
    terminal.println();
    terminal.println("page: " + out.resolve("compare.html"));
    terminal.flush();
    return comparison.secure() ? 0 : Ndoe.NOT_SECURE;
  }

  private int runs() {
    for (Path run : compared) {
      if (!Files.isDirectory(run)) {
        throw problem("%s is not a run folder, and the others are: give only those".formatted(run));
      }
    }
    if (compared.size() < 2) {
      throw problem("one run folder is nothing to compare: give two or more");
    }
    for (String option : List.of("--cases", "--random-points")) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw problem(option + " is for the cases of a scenario, not for run folders");
      }
    }
    Ndoe.opened(() -> EmptyFolder.at(out));
    Path page = Ndoe.opened(() -> RunsPage.write(out, compared));
    PrintWriter terminal = command.commandLine().getOut();
    terminal.println("page: " + page);
    terminal.flush();
    return 0;
  }

  private ParameterException problem(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static Comparison.Listener progress(PrintWriter terminal, int of) {
    return new Comparison.Listener() {
      private int number;

      @Override
      public void begins(ComparedCase compared) {
        number++;
        terminal.printf(
            Locale.ROOT, "%d/%d  %-15s  %s%n", number, of, compared, compared.description());
        terminal.flush();
      }

      @Override
      public void done(ComparisonRow row) {
        terminal.printf(
            Locale.ROOT,
            "     %s%s, total cost %.2f, %.1f s%n",
            row.certified() ? "certified" : "breaks " + row.brokenLimits() + " limits",
            row.agreed() ? "" : ", not agreed within the rounds",
            row.totalCost(),
            row.took().toMillis() / 1000.0);
        terminal.flush();
      }
    };
  }

  /** The cases by the names they have in files. */
  static final class CaseByLabel implements ITypeConverter<ComparedCase> {
    @Override
    public ComparedCase convert(String text) {
      for (ComparedCase each : ComparedCase.values()) {
        if (each.toString().equalsIgnoreCase(text.strip())) {
          return each;
        }
      }
      throw new TypeConversionException(
          "\"%s\" is not one of %s".formatted(text, List.of(ComparedCase.values())));
    }
  }

  static final class CaseLabels extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    CaseLabels() {
      for (ComparedCase each : ComparedCase.values()) {
        add(each.toString());
      }
    }
  }
}
