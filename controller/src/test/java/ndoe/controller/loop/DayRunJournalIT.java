package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.DiskFault;
import ndoe.controller.journal.RunDifferences;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunRecord;
import ndoe.controller.journal.RunStatus;
import ndoe.controller.journal.VoltageRow;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when the disk or the clock fails it. */
class DayRunJournalIT {
  private static final Path SHORT = ReferenceDay.FILE.resolveSibling("ieee33-short.yaml");

  @TempDir Path temp;

  private static RunOptions options(Optional<Path> fleet, OptionalDouble speed) {
    return new RunOptions("run", "test", Case.DSO, Settings.defaults(5), fleet, speed, false);
  }

  private Path run(String name, Scenario day, OptionalDouble speed, Clock clock) {
    RunFolder folder = RunFolder.at(temp.resolve(name), clock);
    RunListener quiet = new RunListener() {};
    assertEquals(
        RunOutcome.DONE, DayRun.run(day, folder, options(Optional.empty(), speed), clock, quiet));
    return folder.path();
  }

  private Path run(String name, Scenario day) {
    return run(name, day, OptionalDouble.empty(), Clock.systemUTC());
  }

  /** Runs until the disk fails after the first interval; gives what the user is told. */
  private String failing(RunFolder folder, Scenario day, Optional<Path> fleet, DiskFault fault) {
    RunListener breaking =
        new RunListener() {
          @Override
          public void step(int interval, int of, double lowest, double highest) {
            if (interval == 0) {
              folder.rehearse(fault);
            }
          }
        };
    return assertThrows(
            RunFolderException.class,
            () ->
                DayRun.run(
                    day,
                    folder,
                    options(fleet, OptionalDouble.empty()),
                    Clock.systemUTC(),
                    breaking))
        .getMessage();
  }

  @Test
  void aFullDiskLeavesTheDevicesAtDefaultAndTheRunGoesOnWhenThereIsRoom() {
    Scenario day = ScenarioFile.read(SHORT);
    RunFolder folder = RunFolder.at(temp.resolve("full"), Clock.systemUTC());
    assertEquals(
        "cannot write %s: No space left on device; every device is at its default envelope"
            .formatted(folder.path().resolve("run.sqlite")),
        failing(folder, day, Optional.empty(), DiskFault.FULL));
    RunRecord record = RunReader.of(folder.path()).run();
    assertEquals(RunStatus.FAILED, record.status());
    assertEquals(5, record.exitCode().orElseThrow());
    assertTrue(record.message().contains("No space left"), record.message());

    ResumableRun resumable = ResumableRun.of(folder.path(), "test", Clock.systemUTC());
    AtomicInteger from = new AtomicInteger(-2);
    RunListener listening =
        new RunListener() {
          @Override
          public void resumed(int interval) {
            from.set(interval);
          }
        };
    assertEquals(
        RunOutcome.DONE,
        DayRun.run(
            resumable.scenario(),
            resumable.folder(),
            resumable.options(),
            Clock.systemUTC(),
            listening));
    assertTrue(from.get() >= 0 && from.get() <= 1, "went on at " + from);
    assertEquals(List.of(), RunDifferences.between(run("never-failed", day), folder.path()));
  }

  @Test
  void aRealDeviceIsAtItsDefaultWithinOneStepAfterTheDiskTurnedReadOnly() throws Exception {
    Scenario day = ScenarioFile.read(SHORT);
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("lab-pv"),
            EmulatedPlant.Kind.GENERATOR,
            EmulatedPlant.Rating.generator(9, 0.35),
            Instant::now,
            System::nanoTime);
    plant.setAvailablePowerKw(4);
    RunFolder folder = RunFolder.at(temp.resolve("read-only"), Clock.systemUTC());
    try (SunSpecEmulator device = SunSpecEmulator.start(plant)) {
      Path fleet =
          Files.writeString(
              temp.resolve("fleet.yaml"),
              """
              format: 1
              devices:
                - {id: lab-pv, prosumer: P18, role: pv, scale: 100,
                   modbus: {host: 127.0.0.1, port: %d, unit: 1}}
              """
                  .formatted(device.address().port()));
      String told = failing(folder, day, Optional.of(fleet), DiskFault.READ_ONLY);
      assertTrue(told.contains("run.sqlite: the file or its folder is read-only"), told);
      assertTrue(told.endsWith("every device is at its default envelope"), told);
      assertTrue(plant.limitKw() <= 0.5, "may still inject " + plant.limitKw() + " kW");
    }
    assertEquals(
        1,
        RunReader.of(folder.path()).voltages().stream()
            .map(VoltageRow::intervalStart)
            .distinct()
            .count());
  }

  @Test
  void missedStepsAreCountedAndNeverBunched() throws Exception {
    Scenario day = ScenarioFile.read(SHORT);
    AtomicInteger missed = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    RunFolder folder = RunFolder.at(temp.resolve("hurried"), Clock.systemUTC());
    DayRun.run(
        day,
        folder,
        options(Optional.empty(), OptionalDouble.of(1e6)),
        Clock.systemUTC(),
        new RunListener() {
          @Override
          public void missed(int interval, int steps) {
            missed.addAndGet(steps);
          }

          @Override
          public void step(int interval, int of, double lowest, double highest) {
            done.incrementAndGet();
          }
        });
    assertEquals(3, missed.get() + done.get());
    assertTrue(missed.get() > 0, "an interval of 3.6 ms is too short for a step");
    String record = Files.readString(folder.path().resolve("run.json"));
    assertTrue(record.contains("\"missed_steps\" : " + missed.get()), record);
  }

  @Test
  void jumpsOfTheWallClockMoveNothing() {
    Scenario day = ScenarioFile.read(SHORT);
    assertEquals(
        List.of(),
        RunDifferences.between(
            run("steady", day), run("jumping", day, OptionalDouble.empty(), new JumpingClock())));
  }

  /** A wall clock that somebody sets back and forth by days. */
  private static final class JumpingClock extends Clock {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      int days = asked.incrementAndGet() % 3 - 1;
      return Instant.parse("2026-03-29T00:30:00Z").plus(Duration.ofDays(days));
    }
  }

  @Test
  void daylightSavingMovesNoInterval() throws Exception {
    Path home = SHORT.toAbsolutePath().normalize().getParent();
    Path file = temp.resolve("spring.yaml");
    Files.writeString(
        file,
        Files.readString(SHORT)
            .replace("dss: feeder.dss", "dss: \"" + home.resolve("feeder.dss") + "\"")
            .replace("profiles: ", "profiles: " + home + "/")
            .replace("2016-06-21T10:00", "2016-03-27T01:00"));
    Path plain = run("utc", ScenarioFile.read(file));
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Path changing =
          run(
              "berlin",
              ScenarioFile.read(file),
              OptionalDouble.empty(),
              Clock.system(ZoneId.systemDefault()));
      assertEquals(List.of(), RunDifferences.between(plain, changing));
      assertEquals(
          List.of("2016-03-27T01:00", "2016-03-27T02:00", "2016-03-27T03:00"),
          RunReader.of(changing).voltages().stream()
              .map(VoltageRow::intervalStart)
              .map(LocalDateTime::toString)
              .distinct()
              .toList());
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
