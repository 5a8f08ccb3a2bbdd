package ndoe.controller.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import ndoe.controller.agent.AgentTimings;
import ndoe.controller.agent.Faults;
import ndoe.controller.agent.NegotiationRehearsal;
import ndoe.controller.agent.NegotiationRehearsal.Seen;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "negotiation",
    description =
        "Negotiate over links that lose, delay, duplicate and reorder messages, with prosumers that"
            + " die, and count the rounds that end by their deadline with a safe envelope. Exit"
            + " code 3 if one does not.")
final class RehearseNegotiationCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "tcp://host:port; a broker inside this process if absent.")
  private String broker;

  @Option(
      names = "--loss",
      paramLabel = "FRACTION",
      defaultValue = "0.05",
      description = "Of all messages. Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(
      names = "--duplicates",
      paramLabel = "FRACTION",
      defaultValue = "0.02",
      description = "Of all messages. Default: ${DEFAULT-VALUE}.")
  private double duplicates;

  @Option(
      names = "--delay-ms",
      paramLabel = "MS",
      defaultValue = "200",
      description = "Of every message, mean. Default: ${DEFAULT-VALUE}.")
  private long delayMillis;

  @Option(
      names = "--jitter-ms",
      paramLabel = "MS",
      defaultValue = "100",
      description = "Most by which a message is faster or slower. Default: ${DEFAULT-VALUE}.")
  private long jitterMillis;

  @Option(
      names = "--dead",
      paramLabel = "N",
      defaultValue = "1",
      description = "Prosumers that die in each negotiation. Default: ${DEFAULT-VALUE}.")
  private int dead;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rounds to see. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--tables",
      paramLabel = "N",
      defaultValue = "8",
      description = "Negotiations at the same time. Default: ${DEFAULT-VALUE}.")
  private int tables;

  @Option(
      names = "--answer",
      paramLabel = "S",
      defaultValue = "5",
      description =
          "Deadline of an answer, s; a round has four times that. Default: ${DEFAULT-VALUE}.")
  private int answerSeconds;

  @Option(
      names = "--deadline",
      paramLabel = "S",
      defaultValue = "600",
      description = "Of a whole negotiation, s. Default: ${DEFAULT-VALUE}.")
  private int deadlineSeconds;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    NegotiationRehearsal.Plan plan = plan();
    if (broker != null) {
      return rehearse(plan, BrokerAddress.parse(broker));
    }
    try (EmbeddedBroker own = EmbeddedBroker.start()) {
      return rehearse(plan, own.address());
    }
  }

  private NegotiationRehearsal.Plan plan() {
    try {
      if (dead < 0 || rounds < 1 || tables < 1 || answerSeconds < 1 || deadlineSeconds < 1) {
        throw new IllegalArgumentException(
            "--rounds, --tables, --answer and --deadline must be at least 1, --dead at least 0");
      }
      Faults faults =
          new Faults(
              loss, duplicates, Duration.ofMillis(delayMillis), Duration.ofMillis(jitterMillis));
      AgentTimings timings =
          AgentTimings.standard()
              .withJoin(Duration.ofSeconds(2L * answerSeconds))
              .withExchange(Duration.ofSeconds(answerSeconds))
              .withRetry(Duration.ofMillis(Math.max(200, 3 * delayMillis + jitterMillis)))
              .withOverall(Duration.ofSeconds(deadlineSeconds));
      return new NegotiationRehearsal.Plan(faults, dead, rounds, tables, seed, timings);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  private int rehearse(NegotiationRehearsal.Plan plan, BrokerAddress address) {
    NegotiationRehearsal rehearsal =
        new NegotiationRehearsal(
            scenario.path(),
            plan,
            new InteriorPointSolver(),
            new AcValidator(OpenDssPowerFlow::positiveSequence),
            party -> PahoLink.connect(address, LinkSettings.of(party)));
    Seen seen = rehearsal.run();
    say(plan, seen);
    return seen.flawless() ? 0 : Ndoe.NOT_SECURE;
  }

  private void say(NegotiationRehearsal.Plan plan, Seen seen) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%d of %d rounds ended by their deadline of %d s with a safe envelope; the longest took"
            + " %.1f s%n",
        Math.min(seen.inTime(), seen.safeAsOffered() + seen.safeShrunk()),
        seen.rounds(),
        plan.timings().round().toSeconds(),
        seen.longest().toMillis() / 1000.0);
    out.printf("safe as offered %d, after shrinking %d%n", seen.safeAsOffered(), seen.safeShrunk());
    out.printf(
        "%d negotiations: %d agreed, %d certified, %d with a certified envelope for everybody who"
            + " was not dropped, %d within %d s%n",
        seen.negotiations(),
        seen.agreed(),
        seen.certified(),
        seen.served(),
        seen.inTimeOverall(),
        plan.timings().overall().toSeconds());
    out.printf(
        "%d prosumers dropped, %d messages lost, %d sent again%n",
        seen.dropped(), seen.lost(), seen.repeated());
    out.flush();
  }
}
