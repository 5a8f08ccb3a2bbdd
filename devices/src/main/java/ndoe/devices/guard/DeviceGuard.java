package ndoe.devices.guard;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Limited;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.DispatchReceipt.Withheld;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.mqtt.SiteEvent.Severity;

/**
 * Stands between a controller and one device: cuts what is asked to rating and ramp, writes nothing
 * before the device was read, brings the device to its default when the controller falls silent,
 * and to 0 as long as the emergency stop is engaged. May be used from several threads.
 */
final class DeviceGuard {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Rounding of registers and payloads, share of the rating. */
  private static final double ROUNDING = 1e-9;

  /** How far a device may be above its limit before it counts as not following, of its rating. */
  private static final double FOLLOWS_WITHIN = 0.03;

  /** How long a device has to follow. */
  private static final double FOLLOWS_AFTER_SECONDS = 10;

  private final Terminals terminals;
  private final GuardRules rules;
  private final Consumer<SiteEvent> events;
  private final LongSupplier nanos;
  private final Clock clock;
  private final ReadingWatch watch;

  /** What was not confirmed is tried again after this part of the validity. */
  private static final int TRIES_AGAIN = 3;

  private boolean wasRead;
  private boolean wroteOnce;
  private boolean closed;
  private OptionalDouble inForceKw = OptionalDouble.empty();
  private volatile boolean atDefault;
  private long renewedNanos;
  private long changedNanos;
  private boolean saidNotFollowing;
  private boolean saidUnconfirmed;
  private volatile Optional<String> stopped = Optional.empty();
  private boolean standsStill;

  DeviceGuard(
      Terminals terminals,
      GuardRules rules,
      Consumer<SiteEvent> events,
      LongSupplier nanos,
      Clock clock) {
    this.terminals = terminals;
    this.rules = rules;
    this.events = events;
    this.nanos = nanos;
    this.clock = clock;
    this.watch = new ReadingWatch(rules.frozenAfter());
  }

  synchronized Measurement measure() {
    Measurement reading = terminals.device().measure();
    firstRead();
    watch.take(reading, nanos.getAsLong());
    watchEffect(reading);
    return reading;
  }

  synchronized DispatchReceipt ask(double kw) {
    if (!Double.isFinite(kw)) {
      return rejected(kw, "not a number of kW");
    }
    if (closed) {
      return rejected(kw, "the guard is closed");
    }
    if (stopped.isPresent()) {
      return rejected(kw, stopped.get());
    }
    if (rules.withheld()) {
      return new Withheld(terminals.device().id(), kw);
    }
    try {
      readFirst();
    } catch (DeviceLinkException e) {
      return rejected(kw, "nothing is written to a device that cannot be read: " + e.getMessage());
    }
    double rated = Math.max(terminals.lowestKw(), Math.min(terminals.highestKw(), kw));
    double admitted = ramped(rated);
    DispatchReceipt receipt = write(admitted);
    if (!(receipt instanceof Applied applied)) {
      return receipt;
    }
    double rounding = ROUNDING * Math.max(1, Math.abs(kw));
    if (Math.abs(rated - kw) > rounding) {
      return limited(applied, kw, "its rating");
    }
    return Math.abs(admitted - rated) > rounding
        ? limited(applied, kw, "its ramp of %s kW/s".formatted(number(rules.rampKwPerSecond())))
        : new Applied(applied.device(), kw, applied.appliedKw(), applied.at());
  }

  /**
   * Does what is due: stands still while stopped, and brings the device to its default after a stop
   * or when its setpoint was not renewed in time.
   */
  synchronized void tick() {
    if (closed || rules.withheld() || !wroteOnce && stopped.isEmpty()) {
      return;
    }
    boolean due = nanos.getAsLong() - renewedNanos > rules.validity().toNanos();
    if (stopped.isPresent()) {
      if (!standsStill || due) {
        standStill();
      }
    } else if (standsStill) {
      standsStill = false;
      confirmed(rules.defaultKw());
    } else if (due && !atDefault) {
      if (!saidUnconfirmed) {
        say(
            Severity.WARNING,
            "its setpoint was not renewed for %s s: it goes to its default of %s kW"
                .formatted(number(rules.validity().toMillis() / 1e3), number(rules.defaultKw())));
      }
      confirmed(rules.defaultKw());
    }
  }

  DeviceId id() {
    return terminals.device().id();
  }

  /** Whether what was confirmed last is the default; does not wait for what is under way. */
  boolean isAtDefault() {
    return atDefault;
  }

  /** From now on everything is refused; the next {@link #tick} brings the device to 0. */
  void engageStop(String reason) {
    stopped = Optional.of(reason);
  }

  /** The next {@link #tick} brings the device to its default. */
  void releaseStop() {
    stopped = Optional.empty();
  }

  /** Leaves the device as agreed for the end; nothing is written afterwards. */
  synchronized void leave() {
    if (closed) {
      return;
    }
    closed = true;
    if (!wroteOnce || stopped.isPresent()) {
      return;
    }
    if (rules.restores() && hasPrior()) {
      if (terminals.device().restorePriorControl()) {
        say(Severity.INFO, "is back at what it was told before: " + told());
        return;
      }
      say(Severity.ALARM, "could not be put back to what it was told before: " + told());
    }
    if (!atDefault && !isInForce(rules.defaultKw())) {
      confirmed(rules.defaultKw());
    }
  }

  private void standStill() {
    boolean before = standsStill;
    standsStill = confirmed(0);
    if (standsStill && !before) {
      say(Severity.ALARM, "is stopped");
    }
  }

  /** Writes what safety asks for; says once when the device does not confirm it. */
  private boolean confirmed(double kw) {
    DispatchReceipt receipt = write(kw);
    boolean applied = receipt instanceof Applied;
    if (!applied && !saidUnconfirmed) {
      say(Severity.ALARM, "does not confirm %s kW: %s".formatted(number(kw), receipt));
    }
    saidUnconfirmed = !applied;
    return applied;
  }

  private DispatchReceipt write(double kw) {
    wroteOnce = true;
    DispatchReceipt receipt = terminals.set(kw);
    long now = nanos.getAsLong();
    if (receipt instanceof Applied applied) {
      if (!isInForce(applied.appliedKw())) {
        changedNanos = now;
        saidNotFollowing = false;
      }
      inForceKw = OptionalDouble.of(applied.appliedKw());
      atDefault = kw == rules.defaultKw();
      renewedNanos = now;
    } else {
      if (receipt instanceof Unconfirmed) {
        inForceKw = OptionalDouble.empty();
        atDefault = false;
      }
      renewedNanos = now - rules.validity().toNanos() / TRIES_AGAIN * (TRIES_AGAIN - 1);
    }
    return receipt;
  }

  /** Away from 0 no faster than the ramp, from what is in force or, if that is unknown, from 0. */
  private double ramped(double kw) {
    if (Double.isInfinite(rules.rampKwPerSecond())) {
      return kw;
    }
    double from = inForceKw.orElse(0);
    double seconds =
        wroteOnce
            ? Math.min(
                (nanos.getAsLong() - renewedNanos) / NANOS_PER_SECOND,
                rules.validity().toMillis() / 1e3)
            : 1;
    double start = Math.signum(from) == Math.signum(kw) ? Math.abs(from) : 0;
    double reach = start + rules.rampKwPerSecond() * seconds;
    return Math.copySign(Math.min(Math.abs(kw), reach), kw);
  }

  private void readFirst() {
    if (!wasRead) {
      measure();
    }
  }

  private void firstRead() {
    if (!wasRead) {
      wasRead = true;
      if (hasPrior()) {
        say(
            Severity.WARNING,
            "was already told something: %s; in the end it is %s"
                .formatted(
                    told(),
                    rules.restores()
                        ? "put back to it"
                        : "left at its default of " + number(rules.defaultKw()) + " kW"));
      }
    }
  }

  private boolean hasPrior() {
    return terminals.device().priorControl().filter(PriorControl::enabled).isPresent();
  }

  private String told() {
    PriorControl prior = terminals.device().priorControl().orElseThrow();
    return (terminals.isLimit() ? "limit " : "setpoint ")
        + number(prior.valueKw())
        + " kW"
        + (prior.reverts() ? ", for a while" : "");
  }

  private void watchEffect(Measurement reading) {
    if (inForceKw.isEmpty() || saidNotFollowing) {
      return;
    }
    double told = inForceKw.getAsDouble();
    double rating = Math.max(terminals.highestKw(), -terminals.lowestKw());
    double power = reading.activePowerKw();
    double above = told >= 0 ? power - told : told - power;
    if (!terminals.isLimit()) {
      above = Math.max(above, told >= 0 ? -power : power);
    }
    boolean hadTime = nanos.getAsLong() - changedNanos > FOLLOWS_AFTER_SECONDS * NANOS_PER_SECOND;
    if (hadTime && above > FOLLOWS_WITHIN * rating) {
      saidNotFollowing = true;
      say(
          Severity.ALARM,
          "does not follow: %s kW measured at a %s of %s kW"
              .formatted(number(power), terminals.isLimit() ? "limit" : "setpoint", number(told)));
    }
  }

  private boolean isInForce(double kw) {
    return inForceKw.isPresent()
        && Math.abs(inForceKw.getAsDouble() - kw) <= ROUNDING * Math.max(1, Math.abs(kw));
  }

  private Rejected rejected(double kw, String reason) {
    return new Rejected(terminals.device().id(), kw, reason);
  }

  private static Limited limited(Applied applied, double askedKw, String reason) {
    return new Limited(
        applied.device(), askedKw, applied.appliedKw(), "held to " + reason, applied.at());
  }

  private void say(Severity severity, String text) {
    events.accept(
        new SiteEvent(severity, Optional.of(terminals.device().id()), text, clock.instant()));
  }

  private static String number(double kw) {
    return BigDecimal.valueOf(Math.rint(kw * 1e3) / 1e3).stripTrailingZeros().toPlainString();
  }
}
