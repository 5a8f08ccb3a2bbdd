package ndoe.controller.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** Everybody of a scenario at one broker, each with its own link and its own part of it. */
final class Table implements AutoCloseable {
  static final ConvexSolver SOLVER = new InteriorPointSolver();
  static final String NAME = "day";

  final Scenario operatorPart;
  final Map<ProsumerId, EnvelopeFile> envelopes = new LinkedHashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Function<String, MqttLink> login;
  private final BiFunction<String, MqttLink, MqttLink> wiring;

  /**
   * Lets every prosumer sit down.
   *
   * @param parts of the scenario, the operator’s first
   * @param folder for what the prosumers are given
   * @param login makes the link of a party, by its name
   * @param wiring what a link becomes, by the party’s name
   */
  Table(
      List<Path> parts,
      Path folder,
      Function<String, MqttLink> login,
      BiFunction<String, MqttLink, MqttLink> wiring) {
    this.login = login;
    this.wiring = wiring;
    operatorPart = ScenarioFile.readOperatorPart(parts.get(0));
    for (Path file : parts.subList(1, parts.size())) {
      ProsumerId id = new ProsumerId(file.getFileName().toString().replace(".yaml", ""));
      ProsumerPart part = ScenarioFile.readProsumerPart(file, id);
      EnvelopeFile own = new EnvelopeFile(part, Optional.of(folder.resolve("at-" + id.value())));
      envelopes.put(id, own);
      open.add(ProsumerAgent.start(part, NAME, link(id.value()), SOLVER, own));
    }
  }

  Table(
      List<Path> parts,
      Path folder,
      BrokerAddress broker,
      BiFunction<String, MqttLink, MqttLink> wiring) {
    this(parts, folder, name -> PahoLink.connect(broker, LinkSettings.of("at-" + name)), wiring);
  }

  MqttLink link(String name) {
    MqttLink link = wiring.apply(name, login.apply(name));
    open.add(0, link);
    return link;
  }

  static AcValidator judge() {
    return new AcValidator(OpenDssPowerFlow::positiveSequence);
  }

  OperatorAgent.Outcome negotiate(Settings settings, AgentTimings timings) {
    return negotiate(settings, timings, NegotiationListener.SILENT);
  }

  OperatorAgent.Outcome negotiate(
      Settings settings, AgentTimings timings, NegotiationListener listener) {
    return new OperatorAgent(operatorPart, NAME, link("dso"), SOLVER, judge())
        .negotiate(settings, timings, listener);
  }

  @Override
  public void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }
}
