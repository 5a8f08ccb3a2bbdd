package ndoe.controller.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import ndoe.controller.journal.CommittedCommands;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.EmulatedDevices;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.emulator.AnsweredCommand;
import ndoe.feeders.Scenario;

/**
 * Runs a day on emulated gateways behind a broker that is killed and started again many times, at
 * moments and for times drawn by a seed, and compares what the journal committed with what the
 * gateways saw.
 */
public final class BrokerRehearsal {
  /** Real time for each restart, in which the broker is away once and everybody comes back. */
  private static final Duration TURN = Duration.ofSeconds(5);

  /** The day goes on so long after the last restart. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private static final long SHORTEST_OUTAGE_MS = 100;
  private static final long LONGEST_OUTAGE_MS = 1_600;

  /** A setpoint is renewed every third of it, so that there is always one on its way. */
  private static final int REVERSION_SECONDS = 6;

  private final Scenario scenario;
  private final Path folder;
  private final int restarts;
  private final SplittableRandom random;
  private final Clock clock;
  private final Consumer<String> listener;
  private final List<AnsweredCommand> seen = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch controlled = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private int done;
  private int missedSteps;

  /**
   * A rehearsal.
   *
   * @param folder empty; for the run
   * @param restarts of the broker
   * @param seed of the moments and the lengths of its absence
   * @param listener hears a line about every restart
   */
  public BrokerRehearsal(
      Scenario scenario,
      Path folder,
      int restarts,
      long seed,
      Clock clock,
      Consumer<String> listener) {
    this.scenario = scenario;
    this.folder = folder;
    this.restarts = restarts;
    this.random = new SplittableRandom(seed);
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Runs the day with a Mosquitto where one is installed, else with the embedded broker.
   *
   * @throws ndoe.devices.DeviceLinkException if the broker cannot be started
   */
  public BrokerReport run() {
    try (RestartableBroker broker = RestartableBroker.start(folder)) {
      return run(broker);
    }
  }

  BrokerReport run(RestartableBroker broker) {
    double speed = speed();
    try (EmulatedDevices devices = EmulatedDevices.behind(broker.address(), scenario, speed)) {
      devices.witness(seen::add);
      Thread weather = new Thread(() -> weather(devices), "weather");
      Thread restarting = new Thread(() -> restart(broker), "broker restarts");
      weather.start();
      restarting.start();
      RunOutcome outcome;
      try {
        outcome = day(fleet(devices), speed);
      } finally {
        over.countDown();
        connected.countDown();
        controlled.countDown();
        join(weather);
        join(restarting);
      }
      return report(broker, devices.specs().size(), outcome);
    }
  }

  /** The day lasts as long as the restarts. */
  private double speed() {
    double simulated = 60.0 * scenario.horizon().intervalMinutes() * scenario.horizon().intervals();
    return simulated / TURN.multipliedBy(restarts).plus(CALM).toSeconds();
  }

  private Path fleet(EmulatedDevices devices) {
    try {
      return Files.writeString(
          folder.resolve("fleet.yaml"),
          devices.fleetFile() + "reversion_s: " + REVERSION_SECONDS + "\n");
    } catch (IOException e) {
      throw new RunFolderException("cannot write %s: %s".formatted(folder, e), e);
    }
  }

  private RunOutcome day(Path fleet, double speed) {
    RunOptions options =
        new RunOptions(
            "rehearse broker-restarts",
            "rehearsal",
            Case.DSO,
            Settings.defaults(20),
            Optional.of(fleet),
            OptionalDouble.of(speed),
            false);
    RunFolder run = RunFolder.at(folder.resolve("run"), clock);
    return DayRun.run(scenario, run, options, clock, new Heard());
  }

  private final class Heard implements RunListener {
    @Override
    public void connected(int devices, int real) {
      connected.countDown();
    }

    /** A device that was never told anything is not limited, whatever its broker does. */
    @Override
    public void step(int interval, int of, double lowestVoltagePu, double highestVoltagePu) {
      controlled.countDown();
    }

    @Override
    public void missed(int interval, int steps) {
      missedSteps += steps;
    }
  }

  private void weather(EmulatedDevices devices) {
    if (waits(connected, Duration.ofDays(1))) {
      devices.run(over, begun -> {});
    }
  }

  /** Kills at absolute times, so that a slow machine does not make the day end in an outage. */
  private void restart(RestartableBroker broker) {
    if (!waits(controlled, Duration.ofDays(1))) {
      return;
    }
    long start = System.nanoTime();
    for (int number = 1; number <= restarts; number++) {
      long turn = TURN.toMillis();
      long away = random.nextLong(SHORTEST_OUTAGE_MS, LONGEST_OUTAGE_MS);
      long at = (number - 1) * turn + random.nextLong(turn / 4, turn - 2 * LONGEST_OUTAGE_MS);
      Duration left = Duration.ofMillis(at).minusNanos(System.nanoTime() - start);
      if (waits(over, left)) {
        return;
      }
      broker.kill();
      boolean ended = waits(over, Duration.ofMillis(away));
      broker.startAgain();
      done += ended ? 0 : 1;
      listener.accept("restart %d of %d: away for %d ms".formatted(number, restarts, away));
    }
  }

  /** True when the latch opened in time. */
  private static boolean waits(CountDownLatch latch, Duration time) {
    try {
      return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private BrokerReport report(RestartableBroker broker, int devices, RunOutcome outcome) {
    Path run = folder.resolve("run");
    CommandTrace trace = CommandTrace.of(CommittedCommands.of(run), List.copyOf(seen));
    return new BrokerReport(
        broker.name(),
        done,
        restarts,
        devices,
        trace.committed(),
        trace.confirmed(),
        trace.undelivered(),
        trace.applied(),
        trace.refused(),
        trace.lost(),
        trace.duplicated(),
        trace.reordered(),
        missedSteps,
        RunReader.of(run).violations().size(),
        outcome);
  }
}
