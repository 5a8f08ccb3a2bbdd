package ndoe.feeders;

import java.util.List;

/**
 * What the distribution system operator brings to the negotiation.
 *
 * @param lossPricePerKwh price of network losses, currency/kWh
 * @param envelopeValueSlope value of freedom, currency per kWh of limit
 * @param envelopeValueCurvature its decrease, currency per kWh and MW of limit
 * @param violationProbability promised bound for the share of violated intervals
 * @param loadForecastErrorFraction standard deviation of each passive load, fraction of its value
 * @param loadForecastCorrelation between the errors of any two loads
 */
public record OperatorData(
    double lossPricePerKwh,
    double envelopeValueSlope,
    double envelopeValueCurvature,
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

  /** Reactive power within ± {@code ratingKvar}, kvar. */
  public record StaticVarCompensator(String id, BusId bus, double ratingKvar) {}

  /** A battery of the operator. */
  public record Battery(String id, BusId bus, StorageRating rating) {}
}
