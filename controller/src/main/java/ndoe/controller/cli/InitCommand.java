package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import ndoe.controller.example.ExampleStreet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description =
        "Write an example that runs at once, with comments: a street with three prosumers, its"
            + " feeder, scenario and profiles. A place to begin with one's own.")
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "DIR",
      description = "Folder for the files; must be empty or not there yet.")
  private Path folder;

  @Option(
      names = "--with-fleet",
      description =
          "Also a list of emulated devices and a fleet file that takes them for real, as run"
              + " --fleet would an inverter.")
  private boolean withFleet;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Ndoe.opened(() -> ExampleStreet.write(folder, withFleet))
        .forEach(file -> out.println("wrote " + file));
    Path scenario = folder.resolve(ExampleStreet.SCENARIO);
    out.println("next: ndoe check " + scenario);
    out.println("      ndoe run " + scenario);
    if (withFleet) {
      out.println("with the fleet: ndoe emulate " + folder.resolve(ExampleStreet.DEVICES));
      out.println(
          "      and elsewhere: ndoe run %s --fleet %s"
              .formatted(scenario, folder.resolve(ExampleStreet.FLEET)));
    }
    out.flush();
    return 0;
  }
}
