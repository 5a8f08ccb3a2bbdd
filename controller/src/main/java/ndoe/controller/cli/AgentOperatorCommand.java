package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import ndoe.controller.agent.AgentTimings;
import ndoe.controller.agent.AgreementFiles;
import ndoe.controller.agent.OperatorAgent;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.operations.Operations;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "dso",
    description =
        "The operator’s side: operator, market platform and coordinator. Negotiates once with the"
            + " prosumers at the broker and publishes certified envelopes; reads nothing of them"
            + " but where they are connected.")
final class AgentOperatorCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private BrokerOptions broker;
  @Mixin private ResultFolder result;
  @Mixin private MetricsOption metrics;

  @Option(
      names = "--negotiation",
      paramLabel = "NAME",
      description = "Name in every topic; the scenario’s if absent.")
  private String negotiation;

  @Option(
      names = "--join",
      paramLabel = "S",
      defaultValue = "30",
      description = "Wait so long for prosumers to join, s. Default: ${DEFAULT-VALUE}.")
  private int joinSeconds;

  @Option(
      names = "--answer",
      paramLabel = "S",
      defaultValue = "10",
      description = "Wait so long for the answer to a message, s. Default: ${DEFAULT-VALUE}.")
  private int answerSeconds;

  @Option(
      names = "--deadline",
      paramLabel = "S",
      defaultValue = "600",
      description =
          "End by then with a safe envelope for everybody, agreed or not, s. Default:"
              + " ${DEFAULT-VALUE}.")
  private int deadlineSeconds;

  @Override
  public Integer call() {
    AgentTimings timings = timings();
    Scenario part = ScenarioFile.readOperatorPart(scenario.path());
    String name = Optional.ofNullable(negotiation).orElse(part.name());
    Path folder = result.open();
    AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
    try (PahoLink link =
            PahoLink.connect(broker.nodes(), LinkSettings.of("ndoe-agent-dso-" + name));
        Operations operations = watched(link)) {
      NegotiationListener listener =
          operations == null ? NegotiationListener.SILENT : operations.negotiationListener();
      OperatorAgent.Outcome outcome =
          new OperatorAgent(part, name, link, new InteriorPointSolver(), judge)
              .negotiate(Settings.defaults(200), timings, listener);
      AgreementFiles.write(folder, part.horizon(), outcome);
      say(outcome, folder);
      return outcome.agreement().certified() ? 0 : Ndoe.NOT_SECURE;
    }
  }

  /** Null unless it was asked for. */
  private Operations watched(PahoLink link) {
    OptionalInt port = metrics.port();
    if (port.isEmpty()) {
      return null;
    }
    Operations operations =
        Operations.ofParty(
            port.getAsInt(), link::isConnected, link::isConnected, "no link to the broker");
    command.commandLine().getOut().printf("metrics: %s/metrics%n", operations.uri());
    command.commandLine().getOut().flush();
    return operations;
  }

  private AgentTimings timings() {
    if (joinSeconds < 1 || answerSeconds < 1 || deadlineSeconds < 1) {
      throw new ParameterException(
          command.commandLine(), "--join, --answer and --deadline must be at least 1 s");
    }
    return AgentTimings.standard()
        .withJoin(Duration.ofSeconds(joinSeconds))
        .withExchange(Duration.ofSeconds(answerSeconds))
        .withOverall(Duration.ofSeconds(deadlineSeconds));
  }

  private void say(OperatorAgent.Outcome outcome, Path folder) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%s after %d rounds and %.1f s, %s; objective %.6f%n",
        outcome.agreement().effort().agreed() ? "agreed" : "not agreed",
        outcome.agreement().effort().rounds(),
        outcome.elapsed().toMillis() / 1000.0,
        outcome.agreement().certified() ? "certified" : "NOT certified",
        outcome.agreement().totalCost());
    out.printf(
        "%d messages, %d bytes, %d repeated%n",
        outcome.traffic().messages(), outcome.traffic().bytes(), outcome.traffic().repeated());
    outcome
        .dropped()
        .forEach((id, reason) -> out.printf("%s left at its default envelope: %s%n", id, reason));
    outcome.unconfirmed().forEach(id -> out.printf("%s did not confirm its envelope%n", id));
    out.println(folder);
    out.flush();
  }
}
