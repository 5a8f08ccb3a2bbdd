package ndoe.controller.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.operations.PlannedFault.BrokerRestart;
import ndoe.controller.operations.PlannedFault.ControllerCrash;
import ndoe.controller.operations.PlannedFault.MessageLoss;
import ndoe.controller.operations.PlannedFault.OfDevice;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.mqtt.SiteEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the faults of a plan in a run, on its simulated clock, and says of each when it begins and
 * ends. A day that leaps from interval to interval only meets what lasts at the beginning of one.
 */
public final class FaultInjection implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultInjection.class);
  private static final int KILLED = 137;

  private final FaultPlan plan;
  private final Consumer<SiteEvent> events;
  private final Clock clock;
  private final Runnable crash;
  private final CountDownLatch closed = new CountDownLatch(1);

  private record Moment(Instant at, Runnable action) {}

  /**
   * Of a run that has not begun.
   *
   * @param events is told of every fault
   */
  public FaultInjection(FaultPlan plan, Consumer<SiteEvent> events, Clock clock) {
    this(plan, events, clock, () -> Runtime.getRuntime().halt(KILLED));
  }

  FaultInjection(FaultPlan plan, Consumer<SiteEvent> events, Clock clock, Runnable crash) {
    this.plan = plan;
    this.events = events;
    this.clock = clock;
    this.crash = crash;
  }

  @Override
  public void equipped(Equipment equipment) {
    List<Moment> moments = new ArrayList<>();
    for (PlannedFault fault : plan.faults()) {
      moments.addAll(moments(fault, equipment.bench()));
    }
    moments.sort(Comparator.comparing(Moment::at));
    SimulatedClock day = equipment.clock();
    if (day.isStepped()) {
      Instant now = day.get();
      moments.stream().filter(m -> !m.at().isAfter(now)).forEach(m -> m.action().run());
      moments.stream().filter(m -> m.at().isAfter(now)).forEach(m -> day.alarm(m.at(), m.action()));
    } else {
      Thread thread = new Thread(() -> follow(day, moments), "faults");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Waits for one moment after the other on a clock that runs. */
  private void follow(SimulatedClock day, List<Moment> moments) {
    try {
      for (Moment moment : moments) {
        while (day.get().isBefore(moment.at())) {
          Duration left = day.realTimeUntil(moment.at());
          if (closed.await(Math.max(1, left.toNanos()), TimeUnit.NANOSECONDS)) {
            return;
          }
        }
        moment.action().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Moment> moments(PlannedFault fault, EmulatedBench bench) {
    Instant at = fault.at().toInstant(ZoneOffset.UTC);
    List<Moment> moments = new ArrayList<>();
    moments.add(
        new Moment(
            at,
            () -> {
              say(fault, "begins at " + fault.at() + lasting(fault));
              attempt(fault, () -> begin(fault, bench));
            }));
    Optional<Duration> lasts =
        fault instanceof BrokerRestart && fault.lasts().isEmpty()
            ? Optional.of(Duration.ZERO)
            : fault.lasts();
    lasts.ifPresent(
        time ->
            moments.add(
                new Moment(
                    at.plus(time),
                    () -> {
                      attempt(fault, () -> end(fault, bench));
                      say(fault, "ends at " + fault.at().plus(time));
                    })));
    return moments;
  }

  private static String lasting(PlannedFault fault) {
    return fault.lasts().map(time -> " for " + time.toSeconds() + " s").orElse("");
  }

  private void begin(PlannedFault fault, EmulatedBench bench) {
    if (fault instanceof OfDevice device) {
      bench.device(device.id()).inject(device.fault());
    } else if (fault instanceof BrokerRestart) {
      bench.stopBroker();
    } else if (fault instanceof MessageLoss loss) {
      bench.disturb(Optional.of(loss.disturbance()), plan.seed());
    } else if (fault instanceof ControllerCrash) {
      crash.run();
    }
  }

  private void end(PlannedFault fault, EmulatedBench bench) {
    if (fault instanceof OfDevice device) {
      bench.device(device.id()).clear(device.fault());
    } else if (fault instanceof BrokerRestart) {
      bench.startBroker();
    } else if (fault instanceof MessageLoss) {
      bench.disturb(Optional.empty(), plan.seed());
    }
  }

  /** A fault that cannot be made must not end the day it is made in. */
  private void attempt(PlannedFault fault, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("rehearsed fault {}", fault.words(), e);
      say(fault, "could not be made: " + e.getMessage());
    }
  }

  private void say(PlannedFault fault, String what) {
    events.accept(
        new SiteEvent(
            SiteEvent.Severity.WARNING,
            fault.device(),
            "rehearsed fault %s %s".formatted(fault.words(), what),
            clock.instant()));
  }

  /** Nothing more is broken or mended. */
  @Override
  public void close() {
    closed.countDown();
  }
}
