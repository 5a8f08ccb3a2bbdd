package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.loop.DayRun;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that negotiates can be told. */
final class NegotiationOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--case",
      paramLabel = "CASE",
      defaultValue = "dso",
      description =
          "Who decides on the envelopes: dso (the operator alone, for every interval) or static (the"
              + " smallest of these over the day). Default: ${DEFAULT-VALUE}.")
  private Case decidedBy;

  @Option(
      names = "--random-points",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Random points inside the envelopes the judge tries, per interval. Default:"
              + " ${DEFAULT-VALUE}.")
  private int randomPoints;

  DayRun.Options with(String name, Optional<Path> fleet, OptionalDouble speed) {
    if (randomPoints < 0) {
      throw new ParameterException(
          command.commandLine(), "--random-points must be at least 0: " + randomPoints);
    }
    return new DayRun.Options(
        name, Ndoe.version(), decidedBy, Settings.defaults(randomPoints), fleet, speed);
  }
}
