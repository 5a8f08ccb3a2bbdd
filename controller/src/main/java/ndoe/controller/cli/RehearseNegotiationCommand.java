package ndoe.controller.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.agent.AgentTimings;
import ndoe.controller.agent.Faults;
import ndoe.controller.agent.NegotiationRehearsal;
import ndoe.controller.agent.RehearsalResult;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerNodes;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerId;
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
  private static final int MOST_TOLD = 10;

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "tcp://host:port, of a cluster several, separated by commas; a broker inside this process"
              + " if absent.")
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
      return rehearse(plan, nodes());
    }
    try (EmbeddedBroker own = EmbeddedBroker.start()) {
      return rehearse(plan, BrokerNodes.of(own.address()));
    }
  }

  private BrokerNodes nodes() {
    try {
      return BrokerNodes.parse(broker);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--broker: " + e.getMessage());
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

  private int rehearse(NegotiationRehearsal.Plan plan, BrokerNodes nodes) {
    NegotiationRehearsal rehearsal =
        new NegotiationRehearsal(
            scenario.path(),
            plan,
            new InteriorPointSolver(),
            new AcValidator(OpenDssPowerFlow::positiveSequence),
            party -> PahoLink.connect(nodes, LinkSettings.of(party)));
    RehearsalResult result = rehearsal.run(this::sayProgress);
    say(plan, result);
    return result.flawless() ? 0 : Ndoe.NOT_SECURE;
  }

  private void sayProgress(RehearsalResult sofar) {
    terminal()
        .say(
            "%d of %d rounds in %d negotiations: %d late, %d not safe",
            sofar.rounds().seen(),
            rounds,
            sofar.negotiations().seen(),
            sofar.rounds().late().size(),
            sofar.rounds().seen() - sofar.rounds().safeAsOffered() - sofar.rounds().safeShrunk());
  }

  private void say(NegotiationRehearsal.Plan plan, RehearsalResult result) {
    RehearsalResult.Rounds seen = result.rounds();
    terminal()
        .say(
            "%d of %d rounds (%.1f %%) ended by their deadline of %d s with a safe envelope; the"
                + " longest took %.1f s",
            seen.good(),
            seen.seen(),
            100.0 * seen.good() / seen.seen(),
            plan.timings().round().toSeconds(),
            seconds(seen.longest()));
    terminal()
        .say("safe as offered %d, after shrinking %d", seen.safeAsOffered(), seen.safeShrunk());
    sayLate(seen.late(), plan.timings().roundAnswers());
    RehearsalResult.Negotiations all = result.negotiations();
    terminal()
        .say(
            "%d negotiations: %d agreed, %d certified, %d with a certified envelope for everybody who"
                + " was not dropped, %d within %d s",
            all.seen(),
            all.agreed(),
            all.certified(),
            all.served(),
            all.inTime(),
            plan.timings().overall().toSeconds());
    terminal()
        .say(
            "%d prosumers dropped that had died, %d that lived but did not answer in time; %d messages"
                + " lost, %d sent again",
            all.droppedDead(), all.droppedAlive(), all.lost(), all.repeated());
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    terminal()
        .say(
            "load average %.1f on %d processors",
            system.getSystemLoadAverage(), system.getAvailableProcessors());
  }

  /** Answers have their deadline within the round’s; what comes on top is this machine’s. */
  private void sayLate(List<RehearsalResult.LateRound> late, Duration answers) {
    long waitedTooLong =
        late.stream().filter(round -> round.waited().compareTo(answers) > 0).count();
    terminal()
        .say(
            "late rounds: %d; %d because answers were waited for longer than %.1f s, %d because this"
                + " machine was too busy for the rest",
            late.size(), waitedTooLong, seconds(answers), late.size() - waitedTooLong);
    late.stream()
        .limit(MOST_TOLD)
        .forEach(
            round ->
                terminal()
                    .say(
                        "  %s: %.1f s, of that %.1f s for answers, most for %s, and %.1f s to compute",
                        round.negotiation(),
                        seconds(round.took()),
                        seconds(round.waited()),
                        round.longestFor().map(ProsumerId::value).orElse("nobody"),
                        seconds(round.ownTime())));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private Printout terminal() {
    return Printout.of(command);
  }
}
