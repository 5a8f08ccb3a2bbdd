package ndoe.controller.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.EmulatedPart;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultInjectionIT {
  private static final Path HOME = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
  private static final Path FLEETS = HOME.resolve("../../lab-setup/fleets");

  @TempDir Path temp;

  private final Scenario day = ScenarioFile.read(HOME.resolve("ieee33-short.yaml"));
  private final List<Equipment> equipment = new ArrayList<>();

  private RunOutcome run(Path faults, OptionalDouble speed, Runnable crash) {
    Path fleet = FLEETS.resolve("emulated-patience.yaml");
    FaultPlan plan =
        FaultPlanFile.read(faults, day.horizon(), EmulatedPart.of(day, Optional.of(fleet)));
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    RunListener watching =
        new RunListener() {
          @Override
          public void equipped(Equipment with) {
            equipment.add(with);
          }
        };
    try (FaultInjection injection =
        new FaultInjection(plan, folder::event, Clock.systemUTC(), crash)) {
      return DayRun.run(
          day,
          folder,
          new RunOptions(
              "run", "test", Case.DSO, Settings.defaults(20), Optional.of(fleet), speed, false),
          Clock.systemUTC(),
          RunListener.all(List.of(injection, watching)));
    }
  }

  private List<String> events() throws IOException {
    return Files.readAllLines(temp.resolve("run/events.csv")).stream()
        .filter(line -> line.contains("rehearsed fault"))
        .toList();
  }

  private static long count(List<String> events, String words) {
    return events.stream().filter(line -> line.contains(words)).count();
  }

  /** The day’s clock stands when all is over, so what a plant may do counts, not what it does. */
  private static double mayInjectKw(EmulatedPlant plant) {
    return switch (plant.kind()) {
      case GENERATOR -> plant.limitKw();
      case STORAGE -> Math.max(0, plant.setpointKw());
      case LOAD -> 0;
    };
  }

  /** Prosumers whose plants may inject more than their default envelope when all is over. */
  private List<String> aboveDefault() {
    return day.prosumers().stream()
        .filter(
            site ->
                equipment.get(0).bench().specs().stream()
                        .filter(spec -> spec.owner().equals(site.id().value()))
                        .map(spec -> equipment.get(0).bench().plant(spec.id()))
                        .mapToDouble(FaultInjectionIT::mayInjectKw)
                        .sum()
                    > site.connectionPoint().defaultEnvelope().exportLimitKw())
        .map(site -> site.id().value())
        .toList();
  }

  /** A device that cannot be told reverts by itself, 30 s after its last setpoint. */
  private void assertEveryDeviceGetsSafe() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!aboveDefault().isEmpty() && System.nanoTime() < deadline) {
      assertFalse(never.await(100, TimeUnit.MILLISECONDS));
    }
    assertEquals(List.of(), aboveDefault());
  }

  @Test
  void aDayOfManyFaultsEndsSafeAndTellsOfEachOfThem() throws Exception {
    RunOutcome outcome = run(FLEETS.resolve("faults.yaml"), OptionalDouble.empty(), () -> {});
    assertEquals(RunOutcome.DEVICE_IN_DOUBT, outcome);
    RunReader run = RunReader.of(temp.resolve("run"));
    assertEquals(List.of(), run.violations());
    List<String> events = events();
    assertEquals(5, count(events, " begins at "), events::toString);
    assertEquals(5, count(events, " ends at "), events::toString);
    assertEquals(2, count(events, "p18-pv,rehearsed fault device_silent"), events::toString);
    assertTrue(
        run.setpoints().stream()
            .anyMatch(
                row ->
                    row.device().value().equals("p18-pv")
                        && row.result() == SetpointRow.Result.UNCONFIRMED),
        "the silent device confirmed everything");
    assertEveryDeviceGetsSafe();
  }

  @Test
  void faultsFollowTheClockOfADayThatRunsAndACrashIsTheLastThingSaid() throws IOException {
    Path faults =
        Files.writeString(
            temp.resolve("faults.yaml"),
            """
            format: 1
            faults:
              - {at: "11:40", for: 10 min, fault: broker_restart}
              - {at: "12:20", fault: controller_crash}
            """);
    List<String> said = new ArrayList<>();
    run(
        faults,
        OptionalDouble.of(600),
        () -> {
          try {
            said.addAll(events());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(3, said.size(), said::toString);
    assertTrue(said.get(0).contains("broker_restart begins at 2016-06-21T11:40 for 600 s"));
    assertTrue(said.get(1).contains("broker_restart ends at 2016-06-21T11:50"));
    assertTrue(said.get(2).contains("controller_crash begins at 2016-06-21T12:20"));
  }
}
