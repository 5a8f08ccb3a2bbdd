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

  private final LoopSettings settings;
  private double lastResidualKva = Double.POSITIVE_INFINITY;
  private double lastMovePu;
  private int growing;
  private int swings;

  Divergence(LoopSettings settings) {
    this.settings = settings;
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
    boolean following = limited && !reversed;
    double residual = step.residualKva();
    boolean grown = residual > settings.toleranceKva() && residual > GROWTH * lastResidualKva;
    growing = grown && !following ? growing + 1 : 0;
    swings = limited && reversed ? swings + 1 : limited ? swings : 0;
    lastResidualKva = residual;
    lastMovePu = movePu;
    if (growing >= settings.growingSteps()) {
      return Optional.of(
          "the residual grew in %d steps in a row, to %.3f kVA".formatted(growing, residual));
    }
    if (swings >= settings.growingSteps()) {
      return Optional.of(
          "the voltage swung between its step limits %d times, residual %.3f kVA"
              .formatted(swings, residual));
    }
    return Optional.empty();
  }

  /** Forgets the past: another state is sought. */
  void restart() {
    lastResidualKva = Double.POSITIVE_INFINITY;
    lastMovePu = 0;
    growing = 0;
    swings = 0;
  }
}
