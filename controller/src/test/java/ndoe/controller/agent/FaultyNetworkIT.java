package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import ndoe.controller.ShortDay;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ndoe rehearse negotiation}. */
class FaultyNetworkIT {
  @TempDir private Path folder;

  @Test
  void everyRoundEndsInTimeWithASafeEnvelopeOverABadNetworkWithADeadProsumer() throws Exception {
    Faults faults = new Faults(0.05, 0.02, Duration.ofMillis(40), Duration.ofMillis(30));
    AgentTimings timings =
        AgentTimings.standard()
            .withJoin(Duration.ofSeconds(6))
            .withExchange(Duration.ofSeconds(3))
            .withRetry(Duration.ofMillis(300))
            .withOverall(Duration.ofMinutes(4));
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      RehearsalResult seen =
          new NegotiationRehearsal(
                  ShortDay.write(folder, 10, 4),
                  new NegotiationRehearsal.Plan(faults, 1, 10, 1, 5, timings),
                  Table.SOLVER,
                  Table.judge(),
                  party -> PahoLink.connect(broker.address(), LinkSettings.of(party)))
              .run(sofar -> {});
      System.out.println(seen);
      assertTrue(seen.rounds().seen() >= 10);
      assertEquals(seen.negotiations().seen(), seen.negotiations().droppedDead());
      assertEquals(0, seen.negotiations().droppedAlive());
      assertTrue(
          seen.negotiations().lost() > 0 && seen.negotiations().repeated() > 0, "nothing was lost");
      assertTrue(seen.flawless(), seen::toString);
    }
  }
}
