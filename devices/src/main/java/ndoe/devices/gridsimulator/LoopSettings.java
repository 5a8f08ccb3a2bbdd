package ndoe.devices.gridsimulator;

import java.time.Duration;

/**
 * How hardware and network are brought together.
 *
 * @param relaxation share of the way to the network’s voltage that is gone in one step, 0 to 1
 * @param stepPu largest change of the voltage in one step, per unit
 * @param stepKva largest change in one step of the power the network sees, kVA
 * @param scale power the network sees for each unit of the hardware’s
 * @param responseTime of the hardware; three of these pass before it counts as settled
 * @param readings that are averaged
 * @param readingEvery time between two readings
 * @param staleAfter age from which a reading is no longer used
 * @param deviationPu accepted difference of measured from set voltage, per unit
 * @param growingSteps steps in a row with a growing residual that end the coupling
 * @param toleranceKva residual that counts as settled, kVA
 * @param tolerancePu difference of set from the network’s voltage that counts as settled
 * @param equalKw difference of hardware from model at which one takes the other’s place, kW
 * @param mostSteps steps towards one state before the coupling is ended
 */
public record LoopSettings(
    double relaxation,
    double stepPu,
    double stepKva,
    double scale,
    Duration responseTime,
    int readings,
    Duration readingEvery,
    Duration staleAfter,
    double deviationPu,
    int growingSteps,
    double toleranceKva,
    double tolerancePu,
    double equalKw,
    int mostSteps) {
  private static final double USUAL_SHARE = 0.002;
  private static final double USUAL_STEP_SHARE = 0.1;
  private static final double USUAL_EQUAL_SHARE = 0.05;

  public LoopSettings {
    require(relaxation > 0 && relaxation <= 1, "relaxation", relaxation, "above 0, to 1");
    require(stepPu > 0 && stepPu <= 0.05, "voltage step", stepPu, "above 0, to 0.05 pu");
    require(stepKva > 0, "power step", stepKva, "above 0 kVA");
    require(scale > 0, "scale", scale, "above 0");
    require(!responseTime.isNegative(), "response time", responseTime, "0 or more");
    require(readings >= 1, "number of readings", readings, "1 or more");
    require(
        staleAfter.compareTo(Duration.ZERO) > 0, "age of a stale reading", staleAfter, "above 0");
    require(deviationPu > 0, "voltage deviation", deviationPu, "above 0 pu");
    require(growingSteps >= 1, "number of growing steps", growingSteps, "1 or more");
    require(toleranceKva > 0, "power tolerance", toleranceKva, "above 0 kVA");
    require(tolerancePu > 0, "voltage tolerance", tolerancePu, "above 0 pu");
    require(equalKw > 0, "difference from the model", equalKw, "above 0 kW");
    require(mostSteps >= 1, "number of steps", mostSteps, "1 or more");
  }

  /**
   * The usual: relaxation 0.4, steps of 1 % and a tenth of the rating, ten readings, abort at 2 %.
   *
   * @param ratingKw of the device in the network, kW
   * @param scale power the network sees for each unit of the hardware’s
   * @param responseTime of the hardware
   */
  public static LoopSettings usual(double ratingKw, double scale, Duration responseTime) {
    return new LoopSettings(
        0.4,
        0.01,
        USUAL_STEP_SHARE * ratingKw,
        scale,
        responseTime,
        10,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        0.02,
        3,
        USUAL_SHARE * ratingKw,
        0.0005,
        USUAL_EQUAL_SHARE * ratingKw,
        60);
  }

  public LoopSettings withRelaxation(double other) {
    return new LoopSettings(
        other,
        stepPu,
        stepKva,
        scale,
        responseTime,
        readings,
        readingEvery,
        staleAfter,
        deviationPu,
        growingSteps,
        toleranceKva,
        tolerancePu,
        equalKw,
        mostSteps);
  }

  /** The same with another wait between readings, the age from which they are stale, and steps. */
  public LoopSettings withReadings(Duration every, Duration stale, int steps) {
    return new LoopSettings(
        relaxation,
        stepPu,
        stepKva,
        scale,
        responseTime,
        readings,
        every,
        stale,
        deviationPu,
        growingSteps,
        toleranceKva,
        tolerancePu,
        equalKw,
        steps);
  }

  private static void require(boolean allowed, String what, Object value, String range) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s of power hardware in the loop is %s; allowed is %s".formatted(what, value, range));
    }
  }
}
