package ndoe.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.agent.AgentBenchmark;
import ndoe.controller.agent.AgentBenchmark.Seen;
import ndoe.controller.negotiation.Effort;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.LinearFit;
import ndoe.controller.study.ScaledScenario;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerNodes;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "agents",
    description =
        "Messages, bytes and time of a negotiation over a broker, with every prosumer a thread of"
            + " this process with a connection of its own, and what follows for more of them.")
final class BenchAgentsCommand implements Callable<Integer> {
  private static final int MOST_PROSUMERS = 10_000;

  /** For which messages and bytes are projected. */
  private static final int PROJECTED = 10_000;

  private static final double MEGA = 1e6;

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--prosumers",
      paramLabel = "N",
      defaultValue = "8",
      split = ",",
      description =
          "The scenario’s prosumers over and over, each a little different; several numbers,"
              + " separated by commas, are measured one after the other. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Integer> prosumers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "End after so many rounds, agreed or not: enough to see what a round takes. Until they"
              + " agree if absent.")
  private Integer rounds;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "tcp://host:port, of a cluster several, separated by commas, over which the prosumers"
              + " spread; a broker inside this process if absent.")
  private String broker;

  @Override
  public Integer call() {
    for (int number : prosumers) {
      if (number < 1 || number > MOST_PROSUMERS) {
        throw wrong("--prosumers must be 1 to %d: %d".formatted(MOST_PROSUMERS, number));
      }
    }
    if (rounds != null && rounds < 1) {
      throw wrong("--rounds must be at least 1: " + rounds);
    }
    Scenario day = scenario.read();
    if (broker != null) {
      return measure(day, nodes());
    }
    try (EmbeddedBroker own = EmbeddedBroker.start()) {
      return measure(day, BrokerNodes.of(own.address()));
    }
  }

  private BrokerNodes nodes() {
    try {
      return BrokerNodes.parse(broker);
    } catch (IllegalArgumentException e) {
      throw wrong("--broker: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private int measure(Scenario day, BrokerNodes nodes) {
    AgentBenchmark benchmark =
        new AgentBenchmark(
            nodes,
            rounds == null ? Integer.MAX_VALUE : rounds,
            new InteriorPointSolver(),
            new AcValidator(OpenDssPowerFlow::positiveSequence));
    List<Seen> all = new ArrayList<>();
    for (int number : prosumers) {
      Seen seen = benchmark.measure(ScaledScenario.of(day, number));
      all.add(seen);
      say(seen);
    }
    project(all);
    boolean certified = all.stream().allMatch(seen -> seen.outcome().agreement().certified());
    return certified ? 0 : Ndoe.NOT_SECURE;
  }

  private void say(Seen seen) {
    Effort effort = seen.outcome().agreement().effort();
    String stopped = rounds != null && !effort.agreed() ? " (ended by --rounds)" : "";
    terminal()
        .say(
            "%d prosumers: %s%s, %s after %d rounds and %d cycles in %.1f s; %.1f s before that to"
                + " connect",
            seen.prosumers(),
            effort.agreed() ? "agreed" : "not agreed",
            stopped,
            seen.outcome().agreement().certified() ? "certified" : "not certified",
            effort.rounds(),
            effort.cycles(),
            seen.outcome().elapsed().toMillis() / 1000.0,
            seen.connecting().toMillis() / 1000.0);
    terminal()
        .say(
            "  a round: %.0f messages (%.1f a prosumer), %.0f bytes (%.0f a prosumer), %.2f s",
            seen.messagesPerRound(),
            seen.messagesPerRound() / seen.prosumers(),
            seen.bytesPerRound(),
            seen.bytesPerRound() / seen.prosumers(),
            seen.secondsPerRound());
    terminal()
        .say(
            "  in all: %d messages, %d bytes, %d sent again, %d prosumers dropped; a prosumer computed"
                + " %.2f s, %d threads, %.0f MB of heap",
            seen.outcome().traffic().messages(),
            seen.outcome().traffic().bytes(),
            seen.outcome().traffic().repeated(),
            seen.outcome().dropped().size(),
            seen.prosumerCpu().toNanos() / 1e9 / seen.prosumers(),
            seen.threads(),
            seen.usedBytes() / MEGA);
  }

  /** What is measured grows with the number of prosumers; what it would be for many. */
  private void project(List<Seen> all) {
    double[] numbers = all.stream().mapToDouble(Seen::prosumers).toArray();
    LinearFit messages =
        LinearFit.of(numbers, all.stream().mapToDouble(Seen::messagesPerRound).toArray());
    LinearFit bytes =
        LinearFit.of(numbers, all.stream().mapToDouble(Seen::bytesPerRound).toArray());
    terminal()
        .say(
            "projection, not measured: %,d prosumers need %,.0f messages and %,.1f MB a round at the"
                + " broker (%s; fitted to %d measured, off by at most %.0f %% and %.0f %%)",
            PROJECTED,
            messages.at(PROJECTED),
            bytes.at(PROJECTED) / MEGA,
            all.size() > 1 ? "linear in their number" : "proportional to their number",
            all.size(),
            100 * messages.largestRelativeError(),
            100 * bytes.largestRelativeError());
  }

  private Printout terminal() {
    return Printout.of(command);
  }
}
