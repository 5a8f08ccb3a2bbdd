package ndoe.devices.guard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.Inverter;
import ndoe.devices.LoadMeter;
import ndoe.devices.mqtt.SiteEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards of a fleet: they look at every device twice a second, each on its own, so that a
 * silent one keeps no other from its default. Closing leaves every device that was written to at
 * its default, or as it was found where its rules say so.
 */
public final class Guard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Consumer<SiteEvent> listener;
  private final LongSupplier nanos;
  private final Clock clock = Clock.systemUTC();
  private final List<Guarded> guarded = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "guard"));
  private final ExecutorService hands =
      Executors.newCachedThreadPool(task -> thread(task, "guard of a device"));
  private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
  private Optional<String> stopped = Optional.empty();
  private boolean closed;

  /** A guard and whether it is being looked after right now. */
  private static final class Guarded {
    private final DeviceGuard guard;
    private final AtomicBoolean busy = new AtomicBoolean();

    private Guarded(DeviceGuard guard) {
      this.guard = guard;
    }
  }

  /**
   * Starts to watch.
   *
   * @param listener hears what people should know, from any thread; must not block
   */
  public Guard(Consumer<SiteEvent> listener) {
    this(listener, System::nanoTime);
  }

  Guard(Consumer<SiteEvent> listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The same device behind a guard; the bare one must not be used any more. */
  public Device over(Device device, GuardRules rules) {
    if (device instanceof LoadMeter meter) {
      return new GuardedMeter(meter, rules, nanos);
    }
    Terminals terminals =
        device instanceof Inverter inverter
            ? Terminals.of(inverter)
            : Terminals.of((Battery) device);
    DeviceGuard guard = new DeviceGuard(terminals, rules, this::heard, nanos, clock);
    synchronized (this) {
      stopped.ifPresent(guard::engageStop);
      guarded.add(new Guarded(guard));
    }
    return device instanceof Inverter inverter
        ? new GuardedInverter(inverter, guard)
        : new GuardedBattery((Battery) device, guard);
  }

  /**
   * Engages the emergency stop: every device goes to 0 and stays there whatever is asked, until
   * {@link #reset}. It adds to a hard-wired stop and never replaces one. Does not wait.
   */
  public synchronized void stop(String by, String reason) {
    String told = "emergency stop engaged by %s: %s".formatted(by, reason);
    if (stopped.isEmpty()) {
      heard(new SiteEvent(SiteEvent.Severity.ALARM, Optional.empty(), told, clock.instant()));
    }
    stopped = Optional.of(told);
    guarded.forEach(each -> each.guard.engageStop(told));
    guarded.forEach(each -> submit(each.guard::tick));
    whenStopped.forEach(this::submit);
  }

  /** Runs the action too when the emergency stop is engaged, at once if it is already. */
  public synchronized void onStop(Runnable action) {
    whenStopped.add(action);
    if (stopped.isPresent()) {
      submit(action);
    }
  }

  /** Ends the emergency stop; devices wait at their defaults until they are asked again. */
  public synchronized void reset(String by) {
    if (stopped.isPresent()) {
      stopped = Optional.empty();
      heard(
          new SiteEvent(
              SiteEvent.Severity.WARNING,
              Optional.empty(),
              "emergency stop reset by " + by,
              clock.instant()));
      guarded.forEach(each -> each.guard.releaseStop());
      guarded.forEach(each -> submit(each.guard::tick));
    }
  }

  /** Whether the emergency stop is engaged. */
  public synchronized boolean isStopped() {
    return stopped.isPresent();
  }

  /** The devices whose last confirmed setpoint is their default; never waits for a device. */
  public Set<DeviceId> atDefault() {
    return guarded.stream()
        .map(each -> each.guard)
        .filter(DeviceGuard::isAtDefault)
        .map(DeviceGuard::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      timer.shutdownNow();
      guarded.forEach(each -> submit(each.guard::leave));
      hands.shutdown();
    }
    try {
      if (!hands.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("not every device was left at its default: some do not answer");
        hands.shutdownNow();
      }
    } catch (InterruptedException e) {
      hands.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    for (Guarded each : guarded) {
      if (!each.busy.getAndSet(true)) {
        submit(
            () -> {
              try {
                each.guard.tick();
              } finally {
                each.busy.set(false);
              }
            });
      }
    }
  }

  private void submit(Runnable work) {
    try {
      hands.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("guard", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.trace("closed", e);
    }
  }

  private void heard(SiteEvent event) {
    String who = event.device().map(id -> id + " ").orElse("");
    switch (event.severity()) {
      case INFO -> LOG.info("{}{}", who, event.text());
      case WARNING, ALARM -> LOG.warn("{}{}", who, event.text());
    }
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.error("an event could not be passed on: {}", event, e);
    }
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
