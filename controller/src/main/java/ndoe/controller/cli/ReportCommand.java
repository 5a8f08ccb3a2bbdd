package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import ndoe.controller.export.RunExport;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RunData;
import ndoe.controller.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description =
        "Tell a run again from its run.sqlite, also while it goes on: as a page, or as tables for"
            + " other programs. Nothing else of the run is changed.")
final class ReportCommand implements Callable<Integer> {
  /** What can be made of a run. */
  enum Format {
    HTML,
    CSV,
    PARQUET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "html",
      description =
          "${COMPLETION-CANDIDATES}: the page report.html, or a file per table. Units are in the"
              + " names of the columns; csv has at most six decimals, parquet all. Default:"
              + " ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the result. For tables it must be empty or not there yet; RUN/<format> if"
              + " absent. For the page: RUN if absent.")
  private Path out;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "For the page: also what other runs of the same scenario cost. A run folder, or a folder"
              + " of ./ndoe compare; may be given several times.")
  private List<Path> others = List.of();

  @Option(
      names = "--private",
      description =
          "Also the tables that belong to one party alone: samples of generation, states of sites"
              + " and devices, knowledge that negotiations were begun with.")
  private boolean isPrivateToo;

  @Override
  public Integer call() {
    if (isPrivateToo && format == Format.HTML) {
      throw new ParameterException(
          command.commandLine(),
          "--private is for --format csv or parquet: a page has no use of it");
    }
    if (!others.isEmpty() && format != Format.HTML) {
      throw new ParameterException(
          command.commandLine(), "--against is for --format html: tables hold one run only");
    }
    PrintWriter said = command.commandLine().getOut();
    RunData data = Ndoe.opened(() -> isPrivateToo ? RunData.withPrivate(run) : RunData.of(run));
    written(data).forEach(file -> said.println("wrote " + file));
    said.flush();
    return 0;
  }

  private List<Path> written(RunData data) {
    if (format == Format.HTML) {
      return List.of(page(data, out == null ? run : out));
    }
    Path folder = out == null ? run.resolve(format.toString()) : out;
    Ndoe.opened(() -> EmptyFolder.at(folder));
    return Ndoe.opened(
        () -> format == Format.CSV ? RunExport.csv(data, folder) : RunExport.parquet(data, folder));
  }

  /** Made of tables written anew, so that the run’s own files do not matter. */
  private Path page(RunData data, Path folder) {
    Path tables = null;
    try {
      Files.createDirectories(folder);
      tables = Files.createTempDirectory("ndoe-report");
      Path made = tables;
      RunExport.csv(data, made);
      return Ndoe.opened(() -> ReportPage.write(made, folder.resolve("report.html"), others));
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(), "--out cannot be written: " + folder + ": " + e.getMessage());
    } finally {
      remove(tables);
    }
  }

  private static void remove(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
