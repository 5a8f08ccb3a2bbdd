package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Print a script with which a shell completes commands, options, values and file names of"
          + " ndoe. For this shell alone:",
      "  source <(./ndoe completion bash)",
      "For every new one, write it to a file that .bashrc or .zshrc reads."
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  /** Shells that can be told. */
  private enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh; both read the same script.")
  private Shell shell;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(AutoComplete.bash("ndoe", Ndoe.commandLine()));
    out.flush();
    return 0;
  }
}
