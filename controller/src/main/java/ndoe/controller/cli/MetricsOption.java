package ndoe.controller.cli;

import java.util.OptionalInt;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a process can be asked how it is. */
final class MetricsOption {
  static final String NAME = "--metrics";
  private static final int LAST_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = NAME,
      arity = "0..1",
      paramLabel = "PORT",
      parameterConsumer = PortIfNumber.class,
      description =
          "Answer /metrics (Prometheus), /health and /ready on this port of loopback; one the"
              + " system chooses if it is 0 or absent.")
  private Integer port;

  /** The port asked for, 0 for any; empty when nothing is to be collected. */
  OptionalInt port() {
    if (port == null) {
      return OptionalInt.empty();
    }
    if (port > LAST_PORT) {
      throw new ParameterException(
          command.commandLine(), "%s must be from 0 to %d: %d".formatted(NAME, LAST_PORT, port));
    }
    return OptionalInt.of(port);
  }

  /** What follows is the port if it is a number, else something else such as the scenario. */
  static final class PortIfNumber implements IParameterConsumer {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli’s own type
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec spec) {
      boolean given = !words.isEmpty() && words.peek().matches("\\d{1,9}");
      option.setValue(given ? Integer.valueOf(words.pop()) : Integer.valueOf(0));
    }
  }
}
