package ndoe.controller.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import ndoe.controller.agent.AgentTimings;
import ndoe.controller.agent.EnvelopeFile;
import ndoe.controller.agent.OperatorAgent;
import ndoe.controller.agent.ProsumerAgent;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.ScaledScenario;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.ProsumerSite;
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
            + " this process with a connection of its own.")
final class BenchAgentsCommand implements Callable<Integer> {
  private static final String NAME = "bench";

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--prosumers",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "The scenario’s prosumers over and over, each a little different. Default:"
              + " ${DEFAULT-VALUE}.")
  private int prosumers;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "tcp://host:port; a broker inside this process if absent.")
  private String broker;

  @Override
  public Integer call() {
    if (prosumers < 1 || prosumers > 10_000) {
      throw new ParameterException(
          command.commandLine(), "--prosumers must be 1 to 10000: " + prosumers);
    }
    Scenario day = ScaledScenario.of(scenario.read(), prosumers);
    if (broker != null) {
      return measure(day, BrokerAddress.parse(broker));
    }
    try (EmbeddedBroker own = EmbeddedBroker.start()) {
      return measure(day, own.address());
    }
  }

  private int measure(Scenario day, BrokerAddress address) {
    List<PahoLink> links = new ArrayList<>();
    List<ProsumerAgent> agents = new ArrayList<>();
    try {
      for (ProsumerSite site : day.prosumers()) {
        ProsumerPart part = part(day, site);
        PahoLink link = PahoLink.connect(address, LinkSettings.of(NAME + "-" + site.id()));
        links.add(link);
        EnvelopeFile envelope = new EnvelopeFile(part, Optional.empty());
        agents.add(ProsumerAgent.start(part, NAME, link, new InteriorPointSolver(), envelope));
      }
      PahoLink link = PahoLink.connect(address, LinkSettings.of(NAME + "-dso"));
      links.add(link);
      AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
      OperatorAgent.Outcome outcome =
          new OperatorAgent(day, NAME, link, new InteriorPointSolver(), judge)
              .negotiate(Settings.defaults(20), timings(), NegotiationListener.SILENT);
      say(outcome);
      return outcome.agreement().certified() ? 0 : Ndoe.NOT_SECURE;
    } finally {
      agents.forEach(ProsumerAgent::close);
      links.forEach(PahoLink::close);
    }
  }

  private static ProsumerPart part(Scenario day, ProsumerSite site) {
    return new ProsumerPart(
        day.file(),
        day.name(),
        site,
        day.horizon(),
        day.tariff(),
        day.uncertainty(),
        Optional.empty());
  }

  /** Long enough for all prosumers to compute on one machine. */
  private static AgentTimings timings() {
    return AgentTimings.standard()
        .withJoin(Duration.ofMinutes(5))
        .withExchange(Duration.ofMinutes(2))
        .withRetry(Duration.ofSeconds(20))
        .withPlan(Duration.ofMinutes(10))
        .withOverall(Duration.ofHours(2));
  }

  private void say(OperatorAgent.Outcome outcome) {
    PrintWriter out = command.commandLine().getOut();
    int rounds = Math.max(1, outcome.agreement().effort().rounds());
    out.printf(
        "%d prosumers: %s, %s after %d rounds and %d cycles in %.1f s%n",
        prosumers,
        outcome.agreement().effort().agreed() ? "agreed" : "not agreed",
        outcome.agreement().certified() ? "certified" : "not certified",
        rounds,
        outcome.agreement().effort().cycles(),
        outcome.elapsed().toMillis() / 1000.0);
    out.printf(
        "%d messages (%d a round), %d bytes (%d a round, %d a round and prosumer), %d sent again,"
            + " %d prosumers dropped%n",
        outcome.traffic().messages(),
        outcome.traffic().messages() / rounds,
        outcome.traffic().bytes(),
        outcome.traffic().bytes() / rounds,
        outcome.traffic().bytes() / rounds / prosumers,
        outcome.traffic().repeated(),
        outcome.dropped().size());
    out.flush();
  }
}
