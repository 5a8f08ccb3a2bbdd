package ndoe.devices.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import ndoe.devices.DeviceId;

/**
 * The physics of one device, thread-safe, brought up to date whenever it is asked.
 *
 * <p>Power ramps and energy flows in simulated time, so that a day can be compressed; the reversion
 * timer, which guards the link, runs in monotonic time. While both clocks move, simulated time is
 * taken as linear in monotonic time. Power is kW, injection positive.
 */
public final class EmulatedPlant extends PlantState {
  /** What the device does with power(). */
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

    static void check(boolean holds, String what, double value) {
      if (!holds) {
        throw new IllegalArgumentException("rating: " + what + " out of range: " + value);
      }
    }
  }

  private double askedKw;
  private boolean ignoresSetpoints;

  /** A device that does nothing for the grid until a client asks. */
  public EmulatedPlant(
      DeviceId id,
      Kind kind,
      Rating rating,
      Supplier<Instant> simulatedTime,
      LongSupplier monotonicNanos) {
    this(id, kind, rating, GridSupportSpec.none(rating), simulatedTime, monotonicNanos);
  }

  /** Throws IllegalArgumentException if the apparent power is below an active rating. */
  public EmulatedPlant(
      DeviceId id,
      Kind kind,
      Rating rating,
      GridSupportSpec gridSupport,
      Supplier<Instant> simulatedTime,
      LongSupplier monotonicNanos) {
    super(id, kind, rating, gridSupport, simulatedTime, monotonicNanos);
    this.askedKw = power().uncontrolledKw();
  }

  /** Where the physics stand now, for another process to go on with. */
  public synchronized PlantSnapshot snapshot() {
    advance();
    return power().snapshot(askedKw);
  }

  /** Goes on where another process stood; no control is left to revert. */
  public synchronized void restore(PlantSnapshot from) {
    advance();
    reversion().disarm();
    askedKw = from.askedKw();
    power().restore(from);
  }

  /** Lets reactive power follow the voltage by a curve, or not; it takes the response time. */
  public synchronized void setVoltVar(VoltageCurve curve, boolean enabled) {
    advance();
    support().setVoltVar(new GridSupport.Function(curve, enabled));
  }

  /** Lets the voltage cut injection by a curve, or not; it takes the response time. */
  public synchronized void setVoltWatt(VoltageCurve curve, boolean enabled) {
    advance();
    support().setVoltWatt(new GridSupport.Function(curve, enabled));
  }

  synchronized GridSupport.Function voltVar() {
    return support().voltVar();
  }

  synchronized GridSupport.Function voltWatt() {
    return support().voltWatt();
  }

  /** Limits a generator, falling back to what the rating says. */
  public void setLimitKw(double kw, Duration reversion) {
    setLimitKw(kw, reversion, rating().reversionKw());
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

  /** Asks power of a storage, falling back to what the rating says. */
  public void setPowerKw(double kw, Duration reversion) {
    setPowerKw(kw, reversion, rating().reversionKw());
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
    reversion().disarm();
    aim(power().uncontrolledKw());
  }

  /** Lets the timer of the last control run out now, if one is armed. */
  synchronized boolean revertNow() {
    advance();
    boolean armed = !reversion().remaining(nowNanos()).isZero();
    if (armed) {
      revert();
    }
    return armed;
  }

  /** Whether controls are taken but not followed. */
  synchronized void ignoreSetpoints(boolean ignores) {
    advance();
    if (ignoresSetpoints != ignores) {
      ignoresSetpoints = ignores;
      aim(askedKw);
    }
  }

  /** Limit a generator heads for, after any reversion; the injection rating of others. */
  public synchronized double limitKw() {
    advance();
    return kind() == Kind.GENERATOR ? askedKw : rating().injectionKw();
  }

  /** Power a storage heads for, after any reversion; 0 of others. */
  public synchronized double setpointKw() {
    advance();
    return kind() == Kind.STORAGE ? askedKw : 0;
  }

  private void control(double kw, Duration after, double revertToKw) {
    requireFinite("power", kw);
    requireFinite("reversion power", revertToKw);
    advance();
    reversion().arm(nowNanos(), after, revertToKw);
    aim(kw);
  }

  private void aim(double kw) {
    askedKw = power().withinRating(kw);
    if (!ignoresSetpoints) {
      power().aim(askedKw);
    }
  }

  @Override
  void revert() {
    reversion().expire();
    aim(reversion().revertToKw());
  }

  private void require(Kind needed) {
    if (kind() != needed) {
      throw new IllegalStateException(id() + " is a " + kind() + ", not a " + needed);
    }
  }
}
