package ndoe.devices.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import ndoe.devices.DeviceId;

/**
 * The physics of one device, thread-safe, brought up to date whenever it is asked.
 *
 * <p>Energy flows in simulated time; ramp and reversion, which belong to the device’s electronics,
 * run in monotonic time, so that a day can be compressed while a device settles as fast as it does.
 * While both clocks move, simulated time is taken as linear in monotonic time. Power is kW,
 * injection positive.
 */
public final class EmulatedPlant {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_HOUR = 3600e9;

  /** What the device does with power. */
  public enum Kind {
    GENERATOR,
    STORAGE,
    LOAD
  }

  /**
   * What a device is built for.
   *
   * @param injectionKw largest injection, ≥ 0
   * @param drawKw largest draw, ≥ 0; of a load only a scale, its demand is never cut
   * @param energyKwh capacity of a storage, else 0
   * @param efficiency of each direction, (0, 1]
   * @param rampFractionPerSecond change of the controlled power per second as a fraction of the
   *     larger rating; infinite to follow at once
   * @param reversionKw limit (generator) or power (storage) when the timer runs out
   */
  public record Rating(
      double injectionKw,
      double drawKw,
      double energyKwh,
      double efficiency,
      double socMinFraction,
      double socMaxFraction,
      double socInitialFraction,
      double rampFractionPerSecond,
      double reversionKw) {

    public Rating {
      check(injectionKw >= 0 && drawKw >= 0 && injectionKw + drawKw > 0, "power", injectionKw);
      check(Double.isFinite(injectionKw + drawKw), "power", injectionKw + drawKw);
      check(energyKwh >= 0 && Double.isFinite(energyKwh), "energy", energyKwh);
      check(efficiency > 0 && efficiency <= 1, "efficiency", efficiency);
      check(socMinFraction >= 0 && socMaxFraction <= 1, "state of charge bound", socMinFraction);
      check(
          socMinFraction <= socInitialFraction && socInitialFraction <= socMaxFraction,
          "initial state of charge",
          socInitialFraction);
      check(rampFractionPerSecond > 0, "ramp", rampFractionPerSecond);
      check(reversionKw >= 0 - drawKw && reversionKw <= injectionKw, "reversion", reversionKw);
    }

    /** A PV, wind or fuel generator that follows its limit at once. */
    public static Rating generator(double kw, double reversionKw) {
      return new Rating(kw, 0, 0, 1, 0, 1, 0, Double.POSITIVE_INFINITY, reversionKw);
    }

    /** A storage that follows its setpoint at once and idles when its link is lost. */
    public static Rating storage(
        double injectionKw,
        double drawKw,
        double energyKwh,
        double efficiency,
        double socMinFraction,
        double socMaxFraction,
        double socInitialFraction) {
      check(energyKwh > 0, "energy", energyKwh);
      return new Rating(
          injectionKw,
          drawKw,
          energyKwh,
          efficiency,
          socMinFraction,
          socMaxFraction,
          socInitialFraction,
          Double.POSITIVE_INFINITY,
          0);
    }

    public static Rating load(double kw) {
      return new Rating(0, kw, 0, 1, 0, 1, 0, Double.POSITIVE_INFINITY, 0);
    }

    public Rating withRamp(double fractionPerSecond) {
      return new Rating(
          injectionKw,
          drawKw,
          energyKwh,
          efficiency,
          socMinFraction,
          socMaxFraction,
          socInitialFraction,
          fractionPerSecond,
          reversionKw);
    }

    private static void check(boolean holds, String what, double value) {
      if (!holds) {
        throw new IllegalArgumentException("rating: " + what + " out of range: " + value);
      }
    }
  }

  private final DeviceId id;
  private final Kind kind;
  private final Rating rating;
  private final Supplier<Instant> simulatedTime;
  private final LongSupplier monotonicNanos;
  private final EnergyStore store;

  /** Limit in force of a generator, power asked of a storage. */
  private final Ramp control;

  private Instant simulatedAt;
  private long monotonicAt;
  private boolean reversionArmed;
  private boolean reverted;
  private long reversionAt;
  private double reversionKw;
  private double availableKw = Double.POSITIVE_INFINITY;
  private double demandKw;
  private double demandKvar;
  private double voltagePu = 1;
  private double injectedKwh;
  private double drawnKwh;

  public EmulatedPlant(
      DeviceId id,
      Kind kind,
      Rating rating,
      Supplier<Instant> simulatedTime,
      LongSupplier monotonicNanos) {
    this.id = Objects.requireNonNull(id);
    this.kind = Objects.requireNonNull(kind);
    this.rating = Objects.requireNonNull(rating);
    this.simulatedTime = simulatedTime;
    this.monotonicNanos = monotonicNanos;
    this.simulatedAt = simulatedTime.get();
    this.monotonicAt = monotonicNanos.getAsLong();
    this.reversionKw = rating.reversionKw();
    double capacity = rating.energyKwh();
    this.store =
        new EnergyStore(
            capacity * rating.socMinFraction(),
            capacity * rating.socMaxFraction(),
            capacity * rating.socInitialFraction(),
            rating.efficiency());
    double largest = Math.max(rating.injectionKw(), rating.drawKw());
    this.control = new Ramp(uncontrolledKw(), rating.rampFractionPerSecond() * largest);
  }

  public DeviceId id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public Rating rating() {
    return rating;
  }

  /** Sun, wind or fuel of a generator; for a storage, 0 unplugs it. kW ≥ 0, felt at once. */
  public synchronized void setAvailablePowerKw(double kw) {
    requireNonNegative("available power", kw);
    advance();
    availableKw = kw;
  }

  /** Consumption of a load, kW ≥ 0. */
  public synchronized void setDemandKw(double kw) {
    requireFinite("demand", kw);
    requireNonNegative("demand", kw);
    advance();
    demandKw = kw;
  }

  /** Reactive consumption of a load, kvar, inductive positive. */
  public synchronized void setDemandKvar(double kvar) {
    requireFinite("reactive demand", kvar);
    demandKvar = kvar;
  }

  /** Voltage at the terminals, per unit of nominal, ≥ 0. */
  public synchronized void setVoltagePu(double pu) {
    requireFinite("voltage", pu);
    requireNonNegative("voltage", pu);
    voltagePu = pu;
  }

  /** Limits a generator, falling back to the rating’s {@code reversionKw}. */
  public void setLimitKw(double kw, Duration reversion) {
    setLimitKw(kw, reversion, rating.reversionKw());
  }

  /**
   * Limits a generator.
   *
   * @param kw clamped to 0 … injection rating
   * @param reversion until the limit becomes {@code revertToKw} unless renewed; zero for never
   */
  public synchronized void setLimitKw(double kw, Duration reversion, double revertToKw) {
    require(Kind.GENERATOR);
    control(kw, reversion, revertToKw);
  }

  /** Asks power of a storage, falling back to the rating’s {@code reversionKw}. */
  public void setPowerKw(double kw, Duration reversion) {
    setPowerKw(kw, reversion, rating.reversionKw());
  }

  /**
   * Asks power of a storage.
   *
   * @param kw clamped to −draw … injection rating
   * @param reversion until the setpoint becomes {@code revertToKw} unless renewed; zero for never
   */
  public synchronized void setPowerKw(double kw, Duration reversion, double revertToKw) {
    require(Kind.STORAGE);
    control(kw, reversion, revertToKw);
  }

  /** Back to full rating (generator) or idle (storage); nothing left to revert. */
  public synchronized void releaseControl() {
    advance();
    reversionArmed = false;
    reverted = false;
    aim(uncontrolledKw());
  }

  public synchronized double activePowerKw() {
    advance();
    return powerKw();
  }

  /** Injection positive; only a load has any. */
  public synchronized double reactivePowerKvar() {
    return kind == Kind.LOAD ? 0 - demandKvar : 0;
  }

  public synchronized double voltagePu() {
    return voltagePu;
  }

  /** Stored over capacity; NaN without a store. */
  public synchronized double socFraction() {
    advance();
    return kind == Kind.STORAGE ? store.storedKwh() / rating.energyKwh() : Double.NaN;
  }

  public synchronized double storedEnergyKwh() {
    advance();
    return store.storedKwh();
  }

  /** Energy given at the terminals since the start, kWh ≥ 0. */
  public synchronized double injectedEnergyKwh() {
    advance();
    return injectedKwh;
  }

  /** Energy taken at the terminals since the start, kWh ≥ 0. */
  public synchronized double drawnEnergyKwh() {
    advance();
    return drawnKwh;
  }

  /** Limit a generator heads for, after any reversion; the injection rating of others. */
  public synchronized double limitKw() {
    advance();
    return kind == Kind.GENERATOR ? control.target() : rating.injectionKw();
  }

  /** Power a storage heads for, after any reversion; 0 of others. */
  public synchronized double setpointKw() {
    advance();
    return kind == Kind.STORAGE ? control.target() : 0;
  }

  /** Zero when no reversion is armed or it has happened. */
  public synchronized Duration reversionRemaining() {
    advance();
    return reversionArmed ? Duration.ofNanos(reversionAt - monotonicAt) : Duration.ZERO;
  }

  /** Whether the timer ran out and no control came since. */
  public synchronized boolean reverted() {
    advance();
    return reverted;
  }

  private void control(double kw, Duration reversion, double revertToKw) {
    requireFinite("power", kw);
    requireFinite("reversion power", revertToKw);
    advance();
    reversionArmed = !reversion.isZero() && !reversion.isNegative();
    reversionAt = monotonicAt + (reversionArmed ? reversion.toNanos() : 0);
    reversionKw = revertToKw;
    reverted = false;
    aim(kw);
  }

  private void aim(double kw) {
    double low = kind == Kind.STORAGE ? 0 - rating.drawKw() : 0;
    double target = Math.min(Math.max(kw, low), rating.injectionKw());
    if (kind == Kind.GENERATOR && target < control.value()) {
      control.jump(Math.max(target, powerKw())); // a lower limit bites from the present power
    }
    control.aim(target);
  }

  private double uncontrolledKw() {
    return kind == Kind.GENERATOR ? rating.injectionKw() : 0;
  }

  private double powerKw() {
    return switch (kind) {
      case LOAD -> 0 - demandKw;
      case GENERATOR -> Math.min(control.value(), availableKw);
      case STORAGE -> store.blocks(control.value()) ? 0 : available(control.value());
    };
  }

  private double available(double kw) {
    return Math.min(Math.max(kw, 0 - availableKw), availableKw);
  }

  private void advance() {
    Instant now = simulatedTime.get();
    long nanos = monotonicNanos.getAsLong();
    double hours = 0;
    if (now.isAfter(simulatedAt)) {
      hours = Duration.between(simulatedAt, now).toNanos() / NANOS_PER_HOUR;
      simulatedAt = now;
    }
    long start = monotonicAt;
    monotonicAt = Math.max(start, nanos);
    double seconds = (monotonicAt - start) / NANOS_PER_SECOND;
    if (reversionArmed && reversionAt <= monotonicAt) {
      double until = Math.max(0, (reversionAt - start) / NANOS_PER_SECOND);
      double share = seconds > 0 ? hours * (until / seconds) : 0;
      flow(until, share);
      revert();
      flow(seconds - until, hours - share);
    } else {
      flow(seconds, hours);
    }
  }

  private void revert() {
    reversionArmed = false;
    reverted = true;
    aim(reversionKw);
  }

  /** Lets power flow in pieces on which it is linear and keeps its sign. */
  private void flow(double seconds, double hours) {
    double secondsLeft = seconds;
    double hoursLeft = hours;
    while (secondsLeft > 0 || hoursLeft > 0) {
      double piece = Math.min(secondsLeft, secondsToKink());
      double share = piece < secondsLeft ? hoursLeft * (piece / secondsLeft) : hoursLeft;
      double before = powerKw();
      control.advance(piece);
      exchange((before + powerKw()) / 2 * share);
      if (kind == Kind.STORAGE && store.blocks(control.value())) {
        control.jump(0);
      }
      hoursLeft -= share;
      secondsLeft -= piece;
    }
  }

  private double secondsToKink() {
    double kink = Math.min(control.secondsTo(control.target()), control.secondsTo(availableKw));
    return kind == Kind.STORAGE
        ? Math.min(kink, Math.min(control.secondsTo(0), control.secondsTo(0 - availableKw)))
        : kink;
  }

  private void exchange(double askedKwh) {
    double kwh = kind == Kind.STORAGE ? store.exchange(askedKwh) : askedKwh;
    injectedKwh += Math.max(0, kwh);
    drawnKwh += Math.max(0, 0 - kwh);
  }

  private void require(Kind needed) {
    if (kind != needed) {
      throw new IllegalStateException(id + " is a " + kind + ", not a " + needed);
    }
  }

  private void requireNonNegative(String what, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(id + ": " + what + " must be ≥ 0, not " + value);
    }
  }

  private void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(id + ": " + what + " must be finite, not " + value);
    }
  }
}
