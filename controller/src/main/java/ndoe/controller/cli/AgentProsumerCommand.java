package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.agent.EnvelopeFile;
import ndoe.controller.agent.ProsumerAgent;
import ndoe.controller.operations.Operations;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "prosumer",
    description =
        "One prosumer: takes part in every negotiation the operator opens, until Ctrl-C. Reads its"
            + " own part of the scenario and nothing else.")
final class AgentProsumerCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private BrokerOptions broker;
  @Mixin private MetricsOption metrics;

  @Option(names = "--id", paramLabel = "ID", required = true, description = "Which one it is.")
  private String id;

  @Option(
      names = "--negotiation",
      paramLabel = "NAME",
      description = "Name in every topic; the scenario’s if absent.")
  private String negotiation;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder for envelope.csv, the envelope in force; none is written if absent.")
  private Path state;

  @Option(names = "--once", description = "End after one negotiation.")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    ProsumerPart part = ScenarioFile.readProsumerPart(scenario.path(), new ProsumerId(id));
    String name = Optional.ofNullable(negotiation).orElse(part.scenario());
    PrintWriter out = command.commandLine().getOut();
    EnvelopeFile envelope = new EnvelopeFile(part, Optional.ofNullable(state));
    try (PahoLink link =
            PahoLink.connect(
                broker.nodes(), LinkSettings.of("ndoe-agent-" + name + "-" + part.id()));
        ProsumerAgent agent =
            ProsumerAgent.start(part, name, link, new InteriorPointSolver(), envelope);
        Operations operations = watched(link, envelope)) {
      out.printf("%s is at %s%n", agent.id(), link.address());
      if (operations != null) {
        out.printf("metrics: %s/metrics%n", operations.uri());
      }
      out.flush();
      if (once) {
        envelope.awaitFirst(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        out.println(envelope.isCertified() ? "certified envelope" : "default envelope");
        out.flush();
      } else {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        stop.await();
      }
    }
    return 0;
  }

  /** Null unless it was asked for. */
  private Operations watched(PahoLink link, EnvelopeFile envelope) {
    OptionalInt port = metrics.port();
    return port.isEmpty()
        ? null
        : Operations.ofParty(
            port.getAsInt(),
            link::isConnected,
            envelope::isCertified,
            "no certified envelope is in force");
  }
}
