package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.ForwardingLink;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.TradeLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProsumerAgentIT {
  private static final ProsumerId ID = new ProsumerId("P18");
  private static final String TABLE = "day";
  private static final List<TradeLink> LINKS =
      List.of(new TradeLink(ID, new ProsumerId("P33"), 500, 0.02));

  private final CountDownLatch speaking = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> order = new CopyOnWriteArrayList<>();

  /** A link that says its first word only after its agent had time to be closed over it. */
  private final class SlowTongue extends ForwardingLink {
    SlowTongue(MqttLink link) {
      super(link);
    }

    @Override
    public CompletableFuture<Void> publish(MqttMessage message) {
      speaking.countDown();
      try {
        boolean early = closed.await(500, TimeUnit.MILLISECONDS);
        order.add(early ? "said too late" : "said");
      } catch (InterruptedException e) {
        order.add("never said");
      }
      return super.publish(message);
    }
  }

  @Test
  void saysWhatItBeganToSayBeforeItIsClosed() throws InterruptedException {
    ProsumerPart part = ScenarioFile.readProsumerPart(ReferenceDay.FILE, ID);
    AgentTopics topics = new AgentTopics(TABLE, ID);
    Parameters parameters = new Parameters(part.horizon(), part.tariff(), Settings.TERMS, LINKS);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        MqttLink operator = PahoLink.connect(broker.address(), LinkSettings.of("operator"));
        MqttLink link = PahoLink.connect(broker.address(), LinkSettings.of("prosumer"))) {
      ProsumerAgent agent =
          ProsumerAgent.start(
              part,
              TABLE,
              new SlowTongue(link),
              new InteriorPointSolver(),
              new EnvelopeFile(part, Optional.empty()));
      operator
          .publish(
              MqttMessage.atLeastOnce(
                  topics.to("opening"),
                  CommandText.write(
                      new Header("a", 1, 0, parameters.sha()), new Command.Opening(parameters))))
          .join();
      assertTrue(speaking.await(30, TimeUnit.SECONDS), "it does not answer");
      agent.close();
      order.add("closed");
      closed.countDown();
      assertEquals(List.of("said", "closed"), order);
    }
  }
}
