package ndoe.devices.gridsimulator;

import java.util.Optional;

/**
 * Watches whether hardware and network come together.
 *
 * <p>While the voltage only follows its step limit in one direction, the residual says how far it
 * moves and not whether it diverges; such steps do not count.
 */
final class Divergence {
  /** Growth of the residual that is more than rounding. */
  private static final double GROWTH = 1.02;

  /** Share of the swing before at which a swing has not become smaller. */
  private static final double UNDAMPED = 0.95;

  private final LoopSettings settings;
  private double lastResidualKva;
  private double lastMovePu;
  private double swingPu;
  private double lastSwingPu;
  private int growing;
  private int undamped;

  Divergence(LoopSettings settings) {
    this.settings = settings;
    restart();
  }

  /**
   * Notes a step.
   *
   * @param movePu change of the set voltage, per unit
   * @param limited whether that was cut to the step limit
   * @return why the coupling must end, if it must
   */
  Optional<String> after(LoopStep step, double movePu, boolean limited) {
    boolean reversed = movePu * lastMovePu < 0;
    countGrowth(step.residualKva(), limited && !reversed);
    countSwing(movePu, reversed);
    lastMovePu = movePu;
    if (growing >= settings.growingSteps()) {
      return Optional.of(
          "the residual grew in %d steps in a row, to %.3f kVA"
              .formatted(growing, step.residualKva()));
    }
    if (undamped >= settings.growingSteps()) {
      return Optional.of(
          "the voltage swung %d times without becoming calmer, by %.4f pu"
              .formatted(undamped, lastSwingPu));
    }
    return Optional.empty();
  }

  private void countGrowth(double residualKva, boolean following) {
    boolean grown = residualKva > settings.toleranceKva() && residualKva > GROWTH * lastResidualKva;
    growing = grown && !following ? growing + 1 : 0;
    lastResidualKva = residualKva;
  }

  /** A swing is what the voltage moves between two reversals. */
  private void countSwing(double movePu, boolean reversed) {
    if (reversed) {
      boolean large = swingPu > 2 * settings.tolerancePu();
      undamped = large && swingPu >= UNDAMPED * lastSwingPu ? undamped + 1 : 0;
      lastSwingPu = swingPu;
      swingPu = 0;
    }
    swingPu += Math.abs(movePu);
  }

  /** Forgets the past: another state is sought. */
  final void restart() {
    lastResidualKva = Double.POSITIVE_INFINITY;
    lastMovePu = 0;
    swingPu = 0;
    lastSwingPu = Double.POSITIVE_INFINITY;
    growing = 0;
    undamped = 0;
  }
}
