package ndoe.controller.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import ndoe.controller.journal.DatabaseTrial;

/** Where run folders would be made: what a run does there, done once and taken away again. */
record RunsFolder(Path runs, Clock clock) {
  private static final long MEGABYTE = 1_000_000;

  /** A day of 24 steps with eight prosumers takes 2 MB, one of 1,440 steps about 100. */
  private static final long NEEDED_MEGABYTES = 100;

  private static final long COMFORTABLE_MEGABYTES = 1000;
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  /** Written through to the disk, renamed, and dated as the clock says. */
  Finding writing(String subject) {
    Path existing = existing();
    try {
      return inTrialFolder(
          folder -> {
            Path part = folder.resolve("part");
            try (FileChannel file =
                FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
              file.write(ByteBuffer.wrap("ndoe\n".getBytes(StandardCharsets.UTF_8)));
              file.force(true);
            }
            Path whole = Files.move(part, folder.resolve("whole"), StandardCopyOption.ATOMIC_MOVE);
            Instant dated = Files.getLastModifiedTime(whole).toInstant();
            Duration skew = Duration.between(dated, clock.instant()).abs();
            if (skew.compareTo(CLOCK_SKEW) > 0) {
              return Finding.warn(
                  subject,
                  "%s: its file times are %d s off this machine's clock: let both keep time by NTP",
                  runs,
                  skew.toSeconds());
            }
            return Finding.ok(
                subject,
                "%s can be written%s",
                runs,
                Files.exists(runs) ? "" : " (will be made in " + existing + ")");
          });
    } catch (IOException e) {
      return Finding.fail(
          subject,
          "%s cannot be written (%s): allow it, or name another folder with --runs",
          existing,
          reason(e));
    }
  }

  Finding space(String subject) {
    try {
      FileStore store = Files.getFileStore(existing());
      long megabytes = store.getUsableSpace() / MEGABYTE;
      String found = "%d MB for %s".formatted(megabytes, runs);
      String advice = "make room, or name another folder with --runs";
      if (megabytes < NEEDED_MEGABYTES) {
        return Finding.fail(subject, "%s; needed are %d: %s", found, NEEDED_MEGABYTES, advice);
      }
      return megabytes < COMFORTABLE_MEGABYTES
          ? Finding.warn(subject, "%s, not enough for many runs: %s", found, advice)
          : Finding.ok(subject, "%s", found);
    } catch (IOException e) {
      return Finding.warn(subject, "cannot be told for %s: %s", runs, reason(e));
    }
  }

  /** A journal of one record. */
  Finding database(String subject) {
    try {
      return inTrialFolder(
          folder -> {
            DatabaseTrial trial = DatabaseTrial.in(folder);
            return trial.keepsWriteAheadLog()
                ? Finding.ok(subject, "%s keeps a journal in %s", trial.version(), runs)
                : Finding.fail(
                    subject,
                    "%s cannot keep a write-ahead log in %s, as on network drives: name a local"
                        + " folder with --runs",
                    trial.version(),
                    runs);
          });
    } catch (IOException e) {
      return Finding.fail(
          subject, "not tried, because nothing can be written to %s: %s", runs, reason(e));
    }
  }

  /** The folder itself or the nearest above it that is there. */
  private Path existing() {
    Path folder = runs.toAbsolutePath().normalize();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  private interface Trial {
    Finding in(Path folder) throws IOException;
  }

  private Finding inTrialFolder(Trial trial) throws IOException {
    Path folder = Files.createTempDirectory(existing(), ".ndoe-doctor-");
    try {
      return trial.in(folder);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.walk(folder)) {
      entries = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
