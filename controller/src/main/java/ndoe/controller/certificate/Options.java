package ndoe.controller.certificate;

import java.util.OptionalLong;
import ndoe.cosim.validation.ForecastErrors;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.feeders.OperatorData;
import ndoe.feeders.OperatorData.RiskMode;

/**
 * What the user wants tried.
 *
 * @param randomPoints per interval
 * @param seed of everything random; the scenario’s if empty
 * @param searchStarts random vertices the worst-case search starts from besides the corners; 0
 *     leaves it out
 * @param reactiveFreedom around each connection’s tan φ, kvar per kW
 * @param forecastDraws per interval, distribution and operating point
 */
public record Options(
    int randomPoints,
    OptionalLong seed,
    int searchStarts,
    double reactiveFreedom,
    int forecastDraws,
    Outages outages) {

  /** The judge’s part of it, with the forecast errors the operator expects. */
  Scrutiny scrutiny(OperatorData operator) {
    return new Scrutiny(
        reactiveFreedom,
        searchStarts,
        new ForecastErrors(
            forecastDraws,
            operator.loadForecastErrorFraction(),
            operator.loadForecastCorrelation(),
            operator.riskMode() == RiskMode.NONE ? 1 : operator.violationProbability()),
        outages);
  }
}
