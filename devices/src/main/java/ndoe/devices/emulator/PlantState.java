package ndoe.devices.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;

/** What is around a device and what can be read of it, brought up to date by two clocks. */
abstract class PlantState {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_HOUR = 3600e9;

  private final DeviceId id;
  private final Kind kind;
  private final Rating rating;
  private final Supplier<Instant> simulatedTime;
  private final LongSupplier monotonicNanos;
  private final GridSupport support;
  private final PlantPower power;
  private final ReversionTimer reversion = new ReversionTimer();
  private Instant simulatedAt;
  private long monotonicAt;

  PlantState(
      DeviceId id,
      Kind kind,
      Rating rating,
      GridSupportSpec gridSupport,
      Supplier<Instant> simulatedTime,
      LongSupplier monotonicNanos) {
    this.id = Objects.requireNonNull(id);
    this.kind = Objects.requireNonNull(kind);
    this.rating = Objects.requireNonNull(rating);
    this.simulatedTime = simulatedTime;
    this.monotonicNanos = monotonicNanos;
    this.simulatedAt = simulatedTime.get();
    this.monotonicAt = monotonicNanos.getAsLong();
    Rating.check(
        gridSupport.apparentKva() >= Math.max(rating.injectionKw(), rating.drawKw()),
        "apparent power",
        gridSupport.apparentKva());
    this.support = new GridSupport(gridSupport, rating.injectionKw());
    this.power = new PlantPower(kind, rating, support);
  }

  /** What happens when the timer runs out. */
  abstract void revert();

  final GridSupport support() {
    return support;
  }

  final PlantPower power() {
    return power;
  }

  final ReversionTimer reversion() {
    return reversion;
  }

  /** Monotonic time of the last {@link #advance}. */
  final long nowNanos() {
    return monotonicAt;
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

  /** Largest apparent power, kVA. */
  public double apparentRatingKva() {
    return support.apparentKva();
  }

  /** Largest reactive power either way, kvar. */
  public double reactiveRatingKvar() {
    return support.reactiveRatingKvar();
  }

  LongSupplier monotonicNanos() {
    return monotonicNanos;
  }

  /** Sun, wind or fuel of a generator; for a storage, 0 unplugs it. kW ≥ 0, felt at once. */
  public synchronized void setAvailablePowerKw(double kw) {
    requireNonNegative("available power", kw);
    advance();
    power.setAvailableKw(kw);
  }

  /** Consumption of a load, kW ≥ 0. */
  public synchronized void setDemandKw(double kw) {
    requireFinite("demand", kw);
    requireNonNegative("demand", kw);
    advance();
    power.setDemandKw(kw);
  }

  /** Reactive consumption of a load, kvar, inductive positive. */
  public synchronized void setDemandKvar(double kvar) {
    requireFinite("reactive demand", kvar);
    power.setDemandKvar(kvar);
  }

  /** Voltage at the terminals, per unit of nominal, ≥ 0. */
  public synchronized void setVoltagePu(double pu) {
    requireFinite("voltage", pu);
    requireNonNegative("voltage", pu);
    advance();
    power.setVoltagePu(pu);
  }

  /** Opens or closes a generator’s or storage’s connection to the grid. */
  public synchronized void setConnected(boolean closed) {
    advance();
    power.setConnected(closed);
  }

  public synchronized boolean connected() {
    return power.connected();
  }

  public synchronized double activePowerKw() {
    advance();
    return power.activeKw();
  }

  /** Injection positive. */
  public synchronized double reactivePowerKvar() {
    advance();
    return power.reactiveKvar();
  }

  public synchronized double voltagePu() {
    return power.voltagePu();
  }

  /** Stored over capacity; NaN without a store. */
  public synchronized double socFraction() {
    advance();
    return kind == Kind.STORAGE ? power.storedKwh() / rating.energyKwh() : Double.NaN;
  }

  public synchronized double storedEnergyKwh() {
    advance();
    return power.storedKwh();
  }

  /** Energy given at the terminals since the start, kWh ≥ 0. */
  public synchronized double injectedEnergyKwh() {
    advance();
    return power.injectedKwh();
  }

  /** Energy taken at the terminals since the start, kWh ≥ 0. */
  public synchronized double drawnEnergyKwh() {
    advance();
    return power.drawnKwh();
  }

  /** Zero when no reversion is armed or it has happened. */
  public synchronized Duration reversionRemaining() {
    advance();
    return reversion.remaining(monotonicAt);
  }

  /** Whether the timer ran out and no control came since. */
  public synchronized boolean reverted() {
    advance();
    return reversion.expired();
  }

  final void advance() {
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
    if (reversion.due(monotonicAt)) {
      double until = Math.max(0, (reversion.atNanos() - start) / NANOS_PER_SECOND);
      double share = seconds > 0 ? hours * (until / seconds) : 0;
      power.flow(share);
      revert();
      power.flow(hours - share);
    } else {
      power.flow(hours);
    }
  }

  final void requireNonNegative(String what, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(id + ": " + what + " must be ≥ 0, not " + value);
    }
  }

  final void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(id + ": " + what + " must be finite, not " + value);
    }
  }
}
