package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.message.Terms;
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
      defaultValue = "ndoe",
      description =
          "Who decides on the envelopes: ndoe (operator and prosumers negotiate), dso (the operator"
              + " alone, for every interval), static (the smallest of these over the day), central"
              + " (somebody who knows everything, the reference), p2p (prosumers trade as if there"
              + " were no network), nop2p (they do not even trade). Default: ${DEFAULT-VALUE}.")
  private Case decidedBy;

  @Option(
      names = "--trading",
      paramLabel = "METHOD",
      defaultValue = "triamc",
      description =
          "How prosumers come to trades: triamc (three blocks with correction), direct (without),"
              + " proximal_jacobian (all at once), edge (both ends of a link have a copy)."
              + " Default: ${DEFAULT-VALUE}.")
  private Terms.TradeMethod tradeMethod;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description =
          "Most trading cycles in a round; 1 is the single sweep that is proven to converge."
              + " Default: 3.")
  private Integer cycles;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds after which the last safe offers count. Default: 120.")
  private Integer rounds;

  @Option(
      names = "--no-platform",
      description = "Prosumers clear their trades link by link instead of on a platform.")
  private boolean amongNeighbours;

  @Option(
      names = "--envelope-rent",
      description =
          "Prosumers pay the price of their envelopes and get it back by capacity; without it the"
              + " prices only inform.")
  private boolean envelopeRent;

  @Option(
      names = "--bargaining",
      description =
          "Share what is saved against the static envelope by Nash bargaining with payments.")
  private boolean bargaining;

  @Option(
      names = "--random-points",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Random points inside the envelopes the judge tries, per interval. Default:"
              + " ${DEFAULT-VALUE}.")
  private int randomPoints;

  RunOptions with(String name, Optional<Path> fleet, OptionalDouble speed, boolean dryRun) {
    return new RunOptions(name, Ndoe.version(), decidedBy, settings(), fleet, speed, dryRun);
  }

  Settings settings() {
    atLeast("--random-points", randomPoints, 0);
    Terms defaults = Settings.TERMS;
    int mostCycles = cycles == null ? defaults.mostCycles() : cycles;
    int mostRounds = rounds == null ? defaults.mostRounds() : rounds;
    atLeast("--cycles", mostCycles, 1);
    atLeast("--rounds", mostRounds, 1);
    return new Settings(
        defaults.with(tradeMethod, mostCycles, mostRounds),
        amongNeighbours,
        envelopeRent,
        bargaining,
        randomPoints);
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          command.commandLine(), option + " must be at least " + least + ": " + value);
    }
  }
}
