package ndoe.controller.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.KillPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./ndoe rehearse kills}. */
class KillRehearsalIT {
  @TempDir Path temp;

  @Test
  void killedAnywhereAndResumedEndsAsIfNeverKilled() {
    Path day = ReferenceDay.FILE.resolveSibling("ieee33-short.yaml");
    KillReport report = new KillRehearsal(day, temp, 7, System.out::println).run(1);
    assertEquals(List.of(), report.failures());
    assertEquals(List.of(), report.notPassed());
    assertEquals(List.of(), report.differences());
    assertEquals(0, report.lostRows());
    assertEquals(0, report.lostCommits());
    assertEquals(KillPoint.values().length, report.namedKills());
    assertEquals(1, report.randomKills());
    assertTrue(report.rowsChecked() > 0, "no committed row was looked for");
    System.out.printf(
        "%d resumptions, at most %d ms (%d ms of CPU time)%n",
        report.resumptions().size(),
        report.longestResumption().toMillis(),
        report.mostCpu().toMillis());
  }
}
