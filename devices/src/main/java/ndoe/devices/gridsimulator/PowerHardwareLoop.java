package ndoe.devices.gridsimulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.gridsimulator.LoopStep.Phase;
import ndoe.devices.gridsimulator.PowerAmplifier.Sample;

/**
 * Quasi-static power hardware in the loop by the ideal transformer method: the voltage of the
 * coupling bus goes to the amplifier, the power measured there takes the device’s place in the
 * network. It begins with the device’s model in the network and ends with it once anything is
 * doubtful. Steady states only: no transients, harmonics or islands. Used by one thread.
 */
public final class PowerHardwareLoop {
  private static final int RESPONSE_TIMES = 3;

  private final PowerAmplifier amplifier;
  private final LoopSettings settings;
  private final Rest rest;
  private final LongSupplier nanos;
  private final Divergence divergence;
  private Phase phase = Phase.ON_MODEL;
  private HardwarePower used = new HardwarePower(0, 0);
  private double setPu = 1;
  private int steps;
  private int unequal;
  private String abortReason;

  /** Lets real time pass. */
  @FunctionalInterface
  public interface Rest {
    /** Waits; true when told to stop, at once. */
    boolean pass(Duration time);
  }

  /** What ends the coupling. */
  private static final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    Doubt(String reason) {
      super(reason);
    }
  }

  /**
   * A loop whose amplifier is on at nominal voltage.
   *
   * @param nanos the monotonic clock of the amplifier’s samples
   */
  public PowerHardwareLoop(
      PowerAmplifier amplifier, LoopSettings settings, Rest rest, LongSupplier nanos) {
    this.amplifier = amplifier;
    this.settings = settings;
    this.rest = rest;
    this.nanos = nanos;
    this.divergence = new Divergence(settings);
  }

  public Phase phase() {
    return phase;
  }

  /** Power the hardware injects in the network, kW and kvar; empty while its model does. */
  public Optional<HardwarePower> injected() {
    return phase == Phase.COUPLED ? Optional.of(used) : Optional.empty();
  }

  /** Why the coupling was ended, if it was. */
  public Optional<String> abortReason() {
    return Optional.ofNullable(abortReason);
  }

  /**
   * Steps until network and hardware agree, the coupling is ended, or waiting was told to stop.
   *
   * @param model what the device’s model injects meanwhile
   * @return the steps that were made
   */
  public List<LoopStep> settle(CoupledNetwork network, HardwarePower model) {
    List<LoopStep> made = new ArrayList<>();
    divergence.restart();
    unequal = 0;
    while (phase != Phase.ABORTED && made.size() < settings.mostSteps()) {
      Optional<LoopStep> step = step(network, model);
      step.ifPresent(made::add);
      if (step.isEmpty() || step.get().settled()) {
        return made;
      }
    }
    if (phase != Phase.ABORTED) {
      LoopStep last = made.get(made.size() - 1);
      abort(
          phase == Phase.COUPLED
              ? "no common state in %d steps, residual %.3f kVA"
                  .formatted(made.size(), last.residualKva())
              : unlikeModel(last));
    }
    return made;
  }

  /**
   * Looks at the hardware between two states: the voltage must be there and the power near.
   *
   * @return whether the coupling still holds
   */
  public boolean watch() {
    if (phase == Phase.COUPLED) {
      try {
        Sample sample = fresh(amplifier.measure());
        requireVoltage(sample.voltagePu());
        HardwarePower measured = sample.power().times(settings.scale());
        double change = measured.minus(used).apparentKva();
        if (change > settings.stepKva()) {
          throw new Doubt(
              "the hardware’s power changed by %.3f kVA between two states, allowed are %.3f kVA"
                  .formatted(change, settings.stepKva()));
        }
      } catch (Doubt | DeviceLinkException e) {
        abort(e.getMessage());
      }
    }
    return phase != Phase.ABORTED;
  }

  /** Ends the coupling: the model takes the hardware’s place, the amplifier is made safe. */
  public void abort(String reason) {
    if (phase == Phase.ABORTED) {
      return;
    }
    phase = Phase.ABORTED;
    abortReason = reason;
    try {
      amplifier.makeSafe();
    } catch (RuntimeException e) {
      abortReason = reason + "; then: " + e.getMessage();
    }
  }

  /** One step; empty when told to stop or when the coupling was ended within. */
  private Optional<LoopStep> step(CoupledNetwork network, HardwarePower model) {
    try {
      HardwarePower seen = phase == Phase.COUPLED ? used : model;
      double networkPu = network.voltagePu(seen);
      if (!Double.isFinite(networkPu)) {
        throw new Doubt("the network has no state with the hardware’s power");
      }
      double wanted = settings.relaxation() * (networkPu - setPu);
      double move = Math.max(-settings.stepPu(), Math.min(settings.stepPu(), wanted));
      amplifier.setVoltagePu(setPu + move);
      setPu += move;
      if (rest.pass(settings.responseTime().multipliedBy(RESPONSE_TIMES))) {
        return Optional.empty();
      }
      Optional<Sample> average = average();
      if (average.isEmpty()) {
        return Optional.empty();
      }
      requireVoltage(average.get().voltagePu());
      HardwarePower measured = average.get().power().times(settings.scale());
      return Optional.of(conclude(networkPu, move, move != wanted, average.get(), seen, measured));
    } catch (Doubt | DeviceLinkException | IllegalArgumentException e) {
      abort(e.getMessage());
      return Optional.empty();
    }
  }

  private LoopStep conclude(
      double networkPu,
      double move,
      boolean limited,
      Sample sample,
      HardwarePower seen,
      HardwarePower measured) {
    steps++;
    boolean near = Math.abs(networkPu - setPu) <= settings.tolerancePu();
    boolean agreed =
        phase == Phase.COUPLED
            && near
            && measured.minus(seen).apparentKva() <= settings.toleranceKva();
    LoopStep step =
        new LoopStep(steps, phase, networkPu, setPu, sample.voltagePu(), seen, measured, agreed);
    if (phase == Phase.ON_MODEL) {
      swapIfEqual(step, near);
    } else {
      divergence
          .after(step, move, limited)
          .ifPresent(
              reason -> {
                throw new Doubt(reason);
              });
      used = towards(measured);
    }
    return step;
  }

  private void swapIfEqual(LoopStep step, boolean near) {
    if (Math.abs(step.measured().activeKw() - step.used().activeKw()) <= settings.equalKw()) {
      phase = Phase.COUPLED;
      used = step.used();
      divergence.restart();
      return;
    }
    unequal = near ? unequal + 1 : 0;
    if (unequal >= settings.growingSteps()) {
      throw new Doubt(unlikeModel(step));
    }
  }

  private String unlikeModel(LoopStep step) {
    return "the hardware gives %.3f kW where its model gives %.3f kW, allowed are %.3f kW"
        .formatted(step.measured().activeKw(), step.used().activeKw(), settings.equalKw());
  }

  /** As near to what was measured as the power step allows. */
  private HardwarePower towards(HardwarePower measured) {
    HardwarePower way = measured.minus(used);
    double share = Math.min(1, settings.stepKva() / way.apparentKva());
    return share < 1 ? used.plus(way.times(share)) : measured;
  }

  private Optional<Sample> average() {
    double voltagePu = 0;
    HardwarePower power = new HardwarePower(0, 0);
    long first = 0;
    for (int n = 0; n < settings.readings(); n++) {
      if (n > 0 && rest.pass(settings.readingEvery())) {
        return Optional.empty();
      }
      Sample sample = fresh(amplifier.measure());
      first = n == 0 ? sample.atNanos() : first;
      voltagePu += sample.voltagePu() / settings.readings();
      power = power.plus(sample.power().times(1.0 / settings.readings()));
    }
    return Optional.of(new Sample(first, voltagePu, power));
  }

  private Sample fresh(Sample sample) {
    long ageNanos = nanos.getAsLong() - sample.atNanos();
    if (ageNanos > settings.staleAfter().toNanos()) {
      throw new Doubt(
          "a measurement is %d ms old, allowed are %d ms"
              .formatted(ageNanos / 1_000_000, settings.staleAfter().toMillis()));
    }
    if (!Double.isFinite(sample.voltagePu() + sample.power().apparentKva())) {
      throw new Doubt("a measurement is not a number: " + sample);
    }
    return sample;
  }

  private void requireVoltage(double measuredPu) {
    if (!(Math.abs(measuredPu - setPu) <= settings.deviationPu())) {
      throw new Doubt(
          "%.4f pu are measured and %.4f pu set, allowed are %.4f pu between them"
              .formatted(measuredPu, setPu, settings.deviationPu()));
    }
  }
}
