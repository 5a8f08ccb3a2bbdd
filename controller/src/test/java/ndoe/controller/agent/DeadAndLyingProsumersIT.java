package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import ndoe.controller.ShortDay;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One prosumer dies or lies; everybody else ends with a certified envelope in time. */
class DeadAndLyingProsumersIT {
  private static final ProsumerId BAD = new ProsumerId("P22");
  private static final Settings SETTINGS = Settings.defaults(20);
  private static final AgentTimings TIMINGS =
      AgentTimings.standard()
          .withJoin(Duration.ofSeconds(8))
          .withExchange(Duration.ofSeconds(3))
          .withRetry(Duration.ofMillis(500))
          .withPlan(Duration.ofSeconds(8))
          .withOverall(Duration.ofSeconds(120));

  private static final Map<String, UnaryOperator<String>> LIES =
      Map.of(
          "not a number",
          text -> text.replaceFirst("(\"netImportKw\":\\[)[^,\\]]*", "$1NaN"),
          "a text for a number",
          text -> text.replaceFirst("(\"desiredPurchaseKw\":\\[)[^,\\]]*", "$1\"much\""),
          "over capacity",
          text -> text.replaceFirst("(\"exportLimitKw\":\\[)[^,\\]]*", "$11500.0"),
          "absurdly large",
          text -> text.replaceFirst("(\"desiredPurchaseKw\":\\[)[^,\\]]*", "$11e300"),
          "too few numbers",
          text -> text.replaceFirst("(\"desiredPurchaseKw\":\\[)[^,\\]]*,", "$1"),
          "too long",
          text -> text.replaceFirst("\\{", "{\"padding\":\"" + "x".repeat(70_000) + "\","),
          "no JSON",
          text -> "garbage",
          "other parameters",
          text -> text.replaceFirst("(\"number\":)(\\d+)", "$1-$2"));

  @TempDir private static Path shared;
  private static Scenario scenario;
  private static List<Path> parts;

  @TempDir private Path folder;

  @BeforeAll
  static void split() throws Exception {
    Path day = ShortDay.write(shared, 10, 4);
    scenario = ScenarioFile.read(day);
    parts = ScenarioSplit.write(day, shared.resolve("parts"));
  }

  private OperatorAgent.Outcome negotiate(
      AgentTimings timings, UnaryOperator<MqttLink> linkOfTheBad) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Table table =
            new Table(
                parts,
                folder,
                broker.address(),
                (name, link) -> name.equals(BAD.value()) ? linkOfTheBad.apply(link) : link)) {
      OperatorAgent.Outcome outcome = table.negotiate(SETTINGS, timings);
      assertOthersServed(table, outcome, timings);
      return outcome;
    }
  }

  private void assertOthersServed(
      Table table, OperatorAgent.Outcome outcome, AgentTimings timings) {
    Set<ProsumerId> dropped = outcome.dropped().keySet();
    assertTrue(Set.of(BAD).containsAll(dropped), outcome.dropped()::toString);
    assertTrue(outcome.agreement().certified());
    assertEquals(1, outcome.agreement().shrinkFactor());
    assertTrue(outcome.elapsed().compareTo(timings.overall()) < 0, outcome.elapsed()::toString);
    for (ProsumerSite site : scenario.prosumers()) {
      if (dropped.contains(site.id())) {
        OperatingEnvelope smallest = site.connectionPoint().defaultEnvelope();
        assertFalse(table.envelopes.get(site.id()).isCertified());
        for (OperatingEnvelope given : outcome.agreement().envelopes().of(site.id()).envelopes()) {
          assertEquals(smallest.importLimitKw(), given.importLimitKw(), 0.01);
          assertEquals(smallest.exportLimitKw(), given.exportLimitKw(), 0.01);
        }
      } else {
        assertTrue(table.envelopes.get(site.id()).isCertified(), site.id().value());
      }
    }
    outcome
        .agreement()
        .trades()
        .forEach(
            trade ->
                assertFalse(
                    dropped.contains(trade.seller()) || dropped.contains(trade.buyer()),
                    trade::toString));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 25})
  void deadProsumerIsLeftAtItsDefaultAndTheOthersAgree(long lastWords) throws Exception {
    ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(1);
    Faults none = new Faults(0, 0, Duration.ZERO, Duration.ZERO);
    try {
      OperatorAgent.Outcome outcome =
          negotiate(
              TIMINGS,
              link -> {
                FaultyLink faulty = new FaultyLink(link, none, 1, clockwork);
                faulty.dieAfter(lastWords);
                return faulty;
              });
      assertEquals(Set.of(BAD), outcome.dropped().keySet());
      assertTrue(outcome.agreement().effort().agreed());
      assertTrue(outcome.dropped().get(BAD).contains("silent"), outcome.dropped()::toString);
    } finally {
      clockwork.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a number",
        "a text for a number",
        "over capacity",
        "absurdly large",
        "too few numbers",
        "too long",
        "no JSON",
        "other parameters"
      })
  void liarIsLeftAtItsDefaultAndTheOthersAgree(String lie) throws Exception {
    UnaryOperator<String> change = LIES.get(lie);
    OperatorAgent.Outcome outcome =
        negotiate(
            TIMINGS,
            link ->
                new LyingLink(
                    link,
                    said -> MqttMessage.atLeastOnce(said.topic(), change.apply(said.payload())),
                    1));
    System.out.println(lie + ": " + outcome.dropped() + ", " + outcome.elapsed());
    assertEquals(Set.of(BAD), outcome.dropped().keySet());
    assertTrue(outcome.agreement().effort().agreed());
  }

  @Test
  void floodIsCutOff() throws Exception {
    var unused = negotiate(TIMINGS, link -> new LyingLink(link, said -> said, 900));
  }

  @Test
  void prosumerThatNeverSettlesDoesNotKeepTheOthersFromTheirEnvelopes() throws Exception {
    AtomicLong said = new AtomicLong();
    OperatorAgent.Outcome outcome =
        negotiate(
            TIMINGS.withPlan(Duration.ofSeconds(10)).withOverall(Duration.ofSeconds(45)),
            link -> new LyingLink(link, message -> swinging(message, said), 1));
    assertEquals(Set.of(), outcome.dropped().keySet());
    assertFalse(outcome.agreement().effort().agreed());
  }

  /** Asks for everything and for nothing in turn. */
  private static MqttMessage swinging(MqttMessage message, AtomicLong said) {
    if (!message.topic().endsWith("/request")) {
      return message;
    }
    String limit = said.incrementAndGet() % 2 == 0 ? "900.0" : "0.0";
    return MqttMessage.atLeastOnce(
        message.topic(),
        message
            .payload()
            .replaceFirst(
                "(\"exportLimitKw\":\\[)[^\\]]*", "$1" + limit + ("," + limit).repeat(3)));
  }
}
