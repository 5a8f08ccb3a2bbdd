package ndoe.devices.commissioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Limited;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;

/**
 * Steps one device through its range and lets it revert once: each value is read back and its
 * effect looked for in the measured power. Whatever happens, the caller’s guard leaves the device
 * at its default.
 */
public final class Commissioning {
  /** How far measured power may be from what was set, share of the rating. */
  static final double TOLERANCE = 0.03;

  private static final double HALF = 0.5;

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Time a device has beyond its reversion time to be seen at its reversion value. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private final Device device;
  private final Settings settings;
  private final Consumer<CommissioningStep> listener;
  private final CountDownLatch stop;
  private final List<CommissioningStep> steps = new ArrayList<>();

  /** Most power seen so far, kW. */
  private double availableKw;

  /**
   * What to do.
   *
   * @param shares of the rating to step through, 0 to 1, in that order; a storage goes both ways,
   *     from small to large
   * @param settle longest wait for the effect of a step
   * @param reversion how long a setpoint holds at this device
   * @param reversionKw what it then falls back to, kW
   * @param reverts whether to try that
   */
  public record Settings(
      List<Double> shares,
      Duration settle,
      Duration reversion,
      double reversionKw,
      boolean reverts) {
    public Settings {
      shares = List.copyOf(shares);
    }
  }

  /**
   * Prepares.
   *
   * @param device behind a guard that does not itself bring it to its default meanwhile
   * @param listener hears of every step that is done
   * @param stop counted down to end early
   */
  public Commissioning(
      Device device, Settings settings, Consumer<CommissioningStep> listener, CountDownLatch stop) {
    this.device = device;
    this.settings = settings;
    this.listener = listener;
    this.stop = stop;
  }

  /** Runs; ends after the first step that failed, since a device in doubt is not to be pushed. */
  public List<CommissioningStep> run() {
    if (device instanceof Inverter inverter) {
      double rating = inverter.ratingKw();
      for (double share : settings.shares()) {
        limit(inverter, share * rating);
      }
      revert(() -> limit(inverter, rating), kw -> kw <= above(rating));
    } else if (device instanceof Battery battery) {
      boolean chargesFirst = device.measure().socFraction().orElse(0) < HALF;
      for (double share : settings.shares().stream().sorted().toList()) {
        double out = share * battery.dischargeRatingKw();
        double in = -share * battery.chargeRatingKw();
        power(battery, chargesFirst ? in : out);
        if (share > 0) {
          power(battery, chargesFirst ? out : in);
        }
      }
      double rating = Math.max(battery.dischargeRatingKw(), battery.chargeRatingKw());
      double away =
          battery.chargeRatingKw() > 0
              ? -battery.chargeRatingKw() / 2
              : battery.dischargeRatingKw() / 2;
      revert(
          () -> power(battery, away),
          kw -> Math.abs(kw - settings.reversionKw()) <= TOLERANCE * rating);
    } else {
      throw new IllegalArgumentException(device.id() + " has nothing that could be set");
    }
    return List.copyOf(steps);
  }

  private double above(double ratingKw) {
    return settings.reversionKw() + TOLERANCE * ratingKw;
  }

  private void limit(Inverter inverter, double limitKw) {
    step(
        "limit",
        limitKw,
        inverter::limitActivePower,
        kw -> kw <= limitKw + TOLERANCE * inverter.ratingKw(),
        limitKw < availableKw);
    steps.forEach(step -> availableKw = Math.max(availableKw, step.measuredKw().orElse(0)));
  }

  private void power(Battery battery, double powerKw) {
    double rating = Math.max(battery.dischargeRatingKw(), battery.chargeRatingKw());
    step(
        "power",
        powerKw,
        battery::setActivePower,
        kw -> Math.abs(kw - powerKw) <= TOLERANCE * rating,
        true);
  }

  private void step(
      String purpose,
      double askedKw,
      DoubleFunction<DispatchReceipt> ask,
      DoublePredicate effect,
      boolean exercised) {
    if (isOver()) {
      return;
    }
    long start = System.nanoTime();
    DispatchReceipt receipt = ask.apply(askedKw);
    OptionalDouble applied = applied(receipt);
    if (applied.isEmpty()) {
      done(
          new CommissioningStep(
              purpose,
              askedKw,
              applied,
              OptionalDouble.empty(),
              Optional.empty(),
              exercised,
              receipt.toString()));
      return;
    }
    Seen seen = look(start, settings.settle(), effect);
    done(
        new CommissioningStep(
            purpose,
            askedKw,
            applied,
            seen.measuredKw(),
            seen.response(),
            exercised,
            remark(seen, receipt, exercised)));
  }

  private String remark(Seen seen, DispatchReceipt receipt, boolean exercised) {
    if (seen.response().isEmpty()) {
      return "no effect within %d s".formatted(settings.settle().toSeconds()) + seen.state();
    }
    if (receipt instanceof Limited held) {
      return held.reason();
    }
    return exercised ? "" : "not exercised: the device has no more power than that";
  }

  private void done(CommissioningStep step) {
    steps.add(step);
    listener.accept(step);
  }

  /** Stops renewing and waits for the device to fall back by itself. */
  private void revert(Runnable away, DoublePredicate effect) {
    if (!settings.reverts()) {
      return;
    }
    away.run();
    if (isOver()) {
      return;
    }
    long start = System.nanoTime();
    Seen before = look(start, Duration.ZERO, effect);
    Seen seen = look(start, settings.reversion().plus(LATE), effect);
    String remark =
        before.response().isPresent()
            ? "nothing to see: it was there already"
            : seen.response().isPresent()
                ? ""
                : "stayed where it was: it does not revert by itself to %.3f kW within %d s"
                    .formatted(settings.reversionKw(), settings.reversion().plus(LATE).toSeconds());
    done(
        new CommissioningStep(
            "reversion",
            settings.reversionKw(),
            OptionalDouble.empty(),
            seen.measuredKw(),
            seen.response(),
            before.response().isEmpty(),
            remark));
  }

  private record Seen(Optional<Measurement> last, Optional<Duration> response) {
    OptionalDouble measuredKw() {
      return last.stream().mapToDouble(Measurement::activePowerKw).findFirst();
    }

    String state() {
      return last.filter(reading -> reading.socFraction().isPresent())
          .map(
              reading ->
                  "; state of charge %.0f %%".formatted(100 * reading.socFraction().getAsDouble()))
          .orElse("");
    }
  }

  private Seen look(long start, Duration longest, DoublePredicate effect) {
    Optional<Measurement> last = Optional.empty();
    do {
      try {
        last = Optional.of(device.measure());
      } catch (DeviceLinkException e) {
        return new Seen(last, Optional.empty());
      }
      if (effect.test(last.get().activePowerKw())) {
        return new Seen(last, Optional.of(Duration.ofNanos(System.nanoTime() - start)));
      }
    } while (System.nanoTime() - start < longest.toNanos() && !stopped());
    return new Seen(last, Optional.empty());
  }

  private boolean stopped() {
    try {
      return stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isOver() {
    return stop.getCount() == 0 || steps.stream().anyMatch(step -> !step.passed());
  }

  private static OptionalDouble applied(DispatchReceipt receipt) {
    if (receipt instanceof Applied taken) {
      return OptionalDouble.of(taken.appliedKw());
    }
    return receipt instanceof Limited held
        ? OptionalDouble.of(held.appliedKw())
        : OptionalDouble.empty();
  }
}
