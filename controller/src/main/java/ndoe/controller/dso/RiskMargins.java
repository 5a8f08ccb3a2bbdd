package ndoe.controller.dso;

import java.util.function.IntToDoubleFunction;
import ndoe.controller.network.LinDistFlow;
import ndoe.feeders.OperatorData;
import ndoe.feeders.PassiveLoad;

/**
 * The distributionally robust back-off against forecast errors of the passive load (method, 3.6):
 * every error distribution with the given mean and covariance keeps each limit with probability 1 −
 * ε. Reactive errors follow the load’s power factor in the voltage margins; line margins use active
 * power only.
 */
final class RiskMargins {
  private final OperatorKnowledge operator;
  private final LinDistFlow network;
  private final double kappa;
  private final int[] loadBus;

  RiskMargins(OperatorKnowledge operator, LinDistFlow network) {
    this.operator = operator;
    this.network = network;
    this.kappa = kappa(operator.data());
    var positions = operator.feeder().busPositions();
    this.loadBus =
        operator.passiveLoads().stream().mapToInt(load -> positions.get(load.bus())).toArray();
  }

  private static double kappa(OperatorData data) {
    double epsilon = data.violationProbability();
    return switch (data.riskMode()) {
      case CANTELLI -> Math.sqrt((1 - epsilon) / epsilon);
      case UNIMODAL -> Math.sqrt(4 / (9 * epsilon) - 1);
      case NONE -> 0;
    };
  }

  /** Back-off of the squared voltage at a bus, per unit. */
  double squaredVoltage(int bus, int interval) {
    return kappa
        * standardDeviation(
            i -> {
              PassiveLoad load = operator.passiveLoads().get(i);
              return network.dropPerMw(bus, loadBus[i]) * load.activePowerKw().at(interval) / 1000
                  + network.dropPerMvar(bus, loadBus[i])
                      * load.reactivePowerKvar().at(interval)
                      / 1000;
            });
  }

  /** Back-off of a line’s rating, MVA. */
  double ratingMva(int line, int interval) {
    return kappa
        * standardDeviation(
            i ->
                network.feeds(line, loadBus[i])
                    ? operator.passiveLoads().get(i).activePowerKw().at(interval) / 1000
                    : 0);
  }

  // Equal correlation c between any two loads: variance = (1 − c) Σ w² + c (Σ w)².
  private double standardDeviation(IntToDoubleFunction effectOfLoad) {
    double correlation = operator.data().loadForecastCorrelation();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < loadBus.length; i++) {
      double effect = operator.data().loadForecastErrorFraction() * effectOfLoad.applyAsDouble(i);
      sum += effect;
      squares += effect * effect;
    }
    return Math.sqrt((1 - correlation) * squares + correlation * sum * sum);
  }
}
