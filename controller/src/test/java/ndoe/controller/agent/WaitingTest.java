package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final ProsumerId QUICK = new ProsumerId("P18");
  private static final ProsumerId SLOW = new ProsumerId("P33");

  private final Waiting waiting = new Waiting();

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void waitsForTwoAtOnceOnceAndForWhoeverIsLast() {
    waiting.begins();
    waiting.begins();
    pass(Duration.ofMillis(5));
    waiting.ends(QUICK);
    pass(Duration.ofMillis(10));
    waiting.ends(SLOW);
    Waiting.Look look = waiting.look();
    assertEquals(Optional.of(SLOW), look.longestFor());
    assertTrue(look.waited().compareTo(Duration.ofMillis(15)) >= 0, look::toString);
    assertTrue(look.took().compareTo(look.waited()) >= 0, look::toString);
  }

  @Test
  void doesNotTakeComputingForWaiting() {
    waiting.begins();
    waiting.ends(QUICK);
    pass(Duration.ofMillis(20));
    Waiting.Look look = waiting.look();
    Duration computed = look.took().minus(look.waited());
    assertTrue(computed.compareTo(Duration.ofMillis(20)) >= 0, look::toString);
  }

  @Test
  void beginsAnewAfterEachLook() {
    waiting.begins();
    waiting.ends(QUICK);
    waiting.look();
    assertEquals(new Waiting.Look(Duration.ZERO, Duration.ZERO, Optional.empty()), waiting.look());
  }
}
