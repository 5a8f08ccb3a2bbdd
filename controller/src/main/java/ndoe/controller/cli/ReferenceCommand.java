package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import ndoe.controller.reference.ReferencePages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "reference",
    description =
        "Write the reference pages of all commands, of the scenario and of files with devices, from"
            + " what this program takes. Pages that are there are written anew.")
final class ReferenceCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the pages, as controller/docs/reference.")
  private Path out;

  @Override
  public Integer call() {
    PrintWriter said = command.commandLine().getOut();
    Map<String, String> pages = ReferencePages.of(Ndoe.commandLine(), Ndoe.home());
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(out.resolve(page.getKey()), page.getValue());
        said.println("wrote " + out.resolve(page.getKey()));
      }
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), "--out cannot be written: " + e);
    }
    said.flush();
    return 0;
  }
}
