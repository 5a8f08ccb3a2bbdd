package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.controller.ShortDay;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.mqtt.BrokerNodes;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference scenario’s parties at two brokers that are a cluster: the operator at one, the
 * prosumers at both in turn.
 */
class TwoBrokerNodesIT {
  private static final Settings SETTINGS = Settings.defaults(20);
  private static final Duration OVERALL = Duration.ofMinutes(5);

  /** When a node is killed. */
  private static final int ROUND = 3;

  @TempDir private static Path folder;
  private static List<Path> parts;
  private static Agreement together;

  private final Map<String, MqttLink> links = new ConcurrentHashMap<>();
  private BrokerNode a;
  private BrokerNode b;

  @BeforeAll
  static void agreeInOneProcess() throws Exception {
    Path file = ShortDay.write(folder, 9, 6);
    parts = ScenarioSplit.write(file, folder.resolve("parts"));
    try (Negotiation negotiation =
        new Negotiation(
            ScenarioFile.read(file),
            Table.SOLVER,
            Table.judge(),
            SETTINGS,
            new Post(),
            NegotiationListener.SILENT)) {
      together = negotiation.agree(Case.NDOE);
    }
  }

  @BeforeEach
  void startNodes() throws Exception {
    List<BrokerNode> nodes = BrokerNode.two();
    a = nodes.get(0);
    b = nodes.get(1);
    awaitCluster();
  }

  @AfterEach
  void killNodes() {
    a.close();
    b.close();
  }

  /** Waits until what is said at one node is heard at the other, both ways. */
  private void awaitCluster() throws InterruptedException {
    CountDownLatch heardAtA = new CountDownLatch(1);
    CountDownLatch heardAtB = new CountDownLatch(1);
    try (MqttLink atA = PahoLink.connect(a.address(), LinkSettings.of("probe-a"));
        MqttLink atB = PahoLink.connect(b.address(), LinkSettings.of("probe-b"))) {
      atA.subscribe("probe/b/+", message -> heardAtA.countDown());
      atB.subscribe("probe/a/+", message -> heardAtB.countDown());
      Deadline deadline = Deadline.in(Duration.ofSeconds(30));
      while (heardAtA.getCount() + heardAtB.getCount() > 0) {
        assertFalse(deadline.passed(), "two nodes, but no cluster within 30 s");
        atA.publish(MqttMessage.atLeastOnce("probe/a/x", "from a"));
        atB.publish(MqttMessage.atLeastOnce("probe/b/x", "from b"));
        heardAtA.await(100, TimeUnit.MILLISECONDS);
        heardAtB.await(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private MqttLink login(String party) {
    boolean atA = party.equals("dso") || links.size() % 2 == 0;
    BrokerNodes nodes =
        new BrokerNodes(
            atA ? List.of(a.address(), b.address()) : List.of(b.address(), a.address()));
    MqttLink link = PahoLink.connect(nodes, LinkSettings.of("at-" + party));
    links.put(party, link);
    return link;
  }

  private Table table() {
    return new Table(parts, folder, this::login, (name, link) -> link);
  }

  private long linksAt(BrokerNode node) {
    return links.values().stream()
        .filter(link -> link.isConnected() && link.address().equals(node.address().uri()))
        .count();
  }

  @Test
  void partiesAtBothNodesAgreeAsInOneProcess() throws Exception {
    try (Table table = table()) {
      OperatorAgent.Outcome apart = table.negotiate(SETTINGS, AgentTimings.standard());
      say("two nodes", apart);
      assertEquals(4, linksAt(b));
      assertAgreedAsTogether(apart, table);
      assertEquals(together.effort().rounds(), apart.agreement().effort().rounds());
    }
  }

  @Test
  void whoWasAtANodeThatIsKilledGoesToTheOtherAndAllEndWithCertifiedEnvelopes() throws Exception {
    try (Table table = table()) {
      KillsNode killer = new KillsNode();
      OperatorAgent.Outcome apart =
          table.negotiate(SETTINGS, AgentTimings.standard().withOverall(OVERALL), killer);
      say("one of two nodes killed in round " + ROUND, apart);
      assertFalse(b.isAlive());
      assertTrue(killer.rounds.get() > ROUND, "the killing came after the end");
      assertEquals(links.size(), linksAt(a));
      assertTrue(apart.elapsed().compareTo(OVERALL) < 0, () -> apart.elapsed().toString());
      assertAgreedAsTogether(apart, table);
    }
  }

  private static void assertAgreedAsTogether(OperatorAgent.Outcome apart, Table table) {
    assertEquals(Map.of(), apart.dropped());
    assertEquals(List.of(), apart.unconfirmed());
    assertTrue(apart.agreement().certified());
    table.envelopes.forEach((id, envelope) -> assertTrue(envelope.isCertified(), id.value()));
    assertEquals(together.totalCost(), apart.agreement().totalCost(), 1e-6 * together.scale());
  }

  private static void say(String where, OperatorAgent.Outcome apart) {
    System.out.printf(
        "%s: objective in one process %.9f, over the brokers %.9f; rounds %d and %d, %d messages,"
            + " %d repeated, %.1f s%n",
        where,
        together.totalCost(),
        apart.agreement().totalCost(),
        together.effort().rounds(),
        apart.agreement().effort().rounds(),
        apart.traffic().messages(),
        apart.traffic().repeated(),
        apart.elapsed().toMillis() / 1000.0);
  }

  /** Kills a node in the middle of the negotiation. */
  private final class KillsNode implements NegotiationListener {
    private final AtomicInteger rounds = new AtomicInteger();

    @Override
    public void round(Round round) {
      if (rounds.incrementAndGet() == ROUND) {
        b.close();
      }
    }
  }
}
