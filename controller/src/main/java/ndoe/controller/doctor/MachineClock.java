package ndoe.controller.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the time of this machine can be trusted.
 *
 * @param clock the wall clock
 */
record MachineClock(Clock clock) {
  /** This program is younger. */
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final Duration WATCHED = Duration.ofMillis(100);
  private static final Duration TOLERATED = Duration.ofMillis(20);

  Finding check(String subject) {
    Instant now = clock.instant();
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      return Finding.fail(subject, "it is not %s: set the clock", now);
    }
    Duration off = offAgainstMonotonicTime();
    if (off.abs().compareTo(TOLERATED) > 0) {
      return Finding.warn(
          subject,
          "jumped by %d ms while it was watched: let NTP slew it; deadlines use monotonic time and"
              + " do not mind, times in the record do",
          off.toMillis());
    }
    String found =
        "%s UTC, zone %s, even with monotonic time"
            .formatted(now.truncatedTo(ChronoUnit.SECONDS), clock.getZone());
    return synchronised()
        .map(
            yes ->
                yes
                    ? Finding.ok(subject, "%s, synchronised", found)
                    : Finding.warn(
                        subject,
                        "%s, but not synchronised: turn NTP on if others compare times with this"
                            + " machine's",
                        found))
        .orElse(Finding.ok(subject, "%s", found));
  }

  private Duration offAgainstMonotonicTime() {
    long start = System.nanoTime();
    Instant wallStart = clock.instant();
    while (System.nanoTime() - start < WATCHED.toNanos()) {
      LockSupport.parkNanos(WATCHED.toNanos() / 10);
    }
    Duration wall = Duration.between(wallStart, clock.instant());
    return wall.minusNanos(System.nanoTime() - start);
  }

  /** What systemd says of it, where there is one. */
  private static Optional<Boolean> synchronised() {
    return Program.answer(List.of("timedatectl", "show", "-p", "NTPSynchronized", "--value"))
        .filter(answer -> answer.equals("yes") || answer.equals("no"))
        .map("yes"::equals);
  }
}
