package ndoe.controller.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import ndoe.controller.ShortDay;
import ndoe.controller.loop.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./ndoe rehearse soak}. */
class SoakIT {
  private static final int DAYS = 3;

  @TempDir Path temp;

  @Test
  void daysOnEndHoldOnToNothing() throws IOException {
    SoakReport report =
        new Soak(
                ShortDay.coarse(temp, 4),
                temp.resolve("soak"),
                DAYS,
                2,
                Clock.systemUTC(),
                System.out::println)
            .run();
    assertEquals(DAYS, report.days().size());
    assertTrue(report.isConstant(), report::toString);
    assertEquals(0, report.violations());
    assertEquals(0, report.missedSteps());
    assertTrue(report.renewals() >= 2 * DAYS - 1, report::toString);
    assertEquals(RunOutcome.DONE, report.outcome());
  }
}
