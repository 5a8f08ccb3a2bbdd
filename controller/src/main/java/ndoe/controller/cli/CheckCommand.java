package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.check.Checked;
import ndoe.controller.check.FileCheck;
import ndoe.cosim.opendss.EngineStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Explain every problem of input files before anything starts, and say what they ask for:"
          + " scenarios, fleets of real devices, lists of emulated devices, quirks of SunSpec"
          + " devices, command profiles of grid simulators. What a file is, is found out from its"
          + " keys.",
      "Of a scenario the feeder is also given to OpenDSS and compared with what was read, and"
          + " solved with passive load alone and with everybody at the default envelope: what"
          + " breaks a limit then is a WARN. Fleets are checked against the scenarios given with"
          + " them, else against the reference day. Exit code 0 when all can be used, else 2."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to check.")
  private List<Path> files;

  @Override
  public Integer call() {
    try (EngineStart engine = EngineStart.inBackground()) {
      boolean usable = FileCheck.check(files, ScenarioArgument.orReference(null), this::tell);
      return usable ? 0 : Ndoe.BAD_INPUT;
    }
  }

  private void tell(Checked checked) {
    PrintWriter out = command.commandLine().getOut();
    String level = checked.isUsable() ? checked.warnings().isEmpty() ? "OK" : "WARN" : "FAIL";
    out.println("%-4s  %s: %s".formatted(level, checked.file(), checked.kind()));
    checked.problems().forEach(problem -> out.println("      FAIL  " + problem));
    checked.warnings().forEach(warning -> out.println("      WARN  " + warning));
    checked.summary().forEach(line -> out.println("      " + line));
    out.flush();
  }
}
