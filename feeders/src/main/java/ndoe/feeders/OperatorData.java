package ndoe.feeders;

import java.util.List;

/**
 * What the distribution system operator brings to the negotiation.
 *
 * @param lossPricePerKwh price of network losses, currency/kWh
 * @param envelopeValueSlope value of freedom, currency per kWh of limit
 * @param envelopeValueCurvature its decrease, currency per kWh and MW of limit
 * @param fairness how the value of freedom weighs one prosumer against another
 * @param violationProbability promised bound for the share of violated intervals
 * @param loadForecastErrorFraction standard deviation of each passive load, fraction of its value
 * @param loadForecastCorrelation between the errors of any two loads
 */
public record OperatorData(
    double lossPricePerKwh,
    double envelopeValueSlope,
    double envelopeValueCurvature,
    Fairness fairness,
    RiskMode riskMode,
    double violationProbability,
    double loadForecastErrorFraction,
    double loadForecastCorrelation,
    List<StaticVarCompensator> staticVarCompensators,
    List<Battery> batteries) {
  public OperatorData {
    staticVarCompensators = List.copyOf(staticVarCompensators);
    batteries = List.copyOf(batteries);
  }

  /** Which bound on the tail of an unknown distribution the margin uses; none means no margin. */
  public enum RiskMode {
    CANTELLI,
    UNIMODAL,
    NONE
  }

  /** What is maximised of the limits offered (method, 3.2). */
  public enum Fairness {
    /** Their sum: the network’s capacity goes where it is cheapest. */
    SUM,
    /** Their sum less a quadratic term, so that large limits are worth less. */
    QUADRATIC,
    /** The sum of their logarithms, piecewise linear. */
    PROPORTIONAL,
    /** The smallest share of a connection’s capacity, then the sum. */
    MAXMIN,
    /** Everybody gets the same share of the connection’s capacity. */
    EQUAL
  }

  /** Reactive power within ± {@code ratingKvar}, kvar. */
  public record StaticVarCompensator(String id, BusId bus, double ratingKvar) {}

  /** A battery of the operator. */
  public record Battery(String id, BusId bus, StorageRating rating) {}
}
