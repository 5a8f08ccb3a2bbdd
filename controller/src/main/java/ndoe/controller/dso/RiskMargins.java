package ndoe.controller.dso;

import java.util.function.IntToDoubleFunction;
import ndoe.controller.network.LinearNetwork;
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
  private final double kappa;
  private final int[][] loadPlaces;

  RiskMargins(OperatorKnowledge operator) {
    this.operator = operator;
    this.kappa = kappa(operator.data());
    this.loadPlaces =
        operator.passiveLoads().stream()
            .map(load -> operator.feeder().at(load.bus()))
            .toArray(int[][]::new);
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
  double squaredVoltage(LinearNetwork network, int bus, int interval) {
    return kappa
        * standardDeviation(
            i -> {
              PassiveLoad load = operator.passiveLoads().get(i);
              double drop = 0;
              for (int place : loadPlaces[i]) {
                drop +=
                    network.dropPerMw(bus, place) * load.activePowerKw().at(interval) / 1000
                        + network.dropPerMvar(bus, place)
                            * load.reactivePowerKvar().at(interval)
                            / 1000;
              }
              return drop / loadPlaces[i].length;
            });
  }

  /** Back-off of the rating of a line’s conductor, MVA. */
  double ratingMva(LinearNetwork network, int line, int conductor, int interval) {
    return kappa
        * standardDeviation(
            i -> {
              double first = 0;
              double second = 0;
              for (int place : loadPlaces[i]) {
                first += network.firstPerMw(line, conductor, place);
                second += network.secondPerMw(line, conductor, place);
              }
              double perMw = Math.hypot(first, second) / loadPlaces[i].length;
              return perMw * operator.passiveLoads().get(i).activePowerKw().at(interval) / 1000;
            });
  }

  // Equal correlation c between any two loads: variance = (1 − c) Σ w² + c (Σ w)².
  private double standardDeviation(IntToDoubleFunction effectOfLoad) {
    double correlation = operator.data().loadForecastCorrelation();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < loadPlaces.length; i++) {
      double effect = operator.data().loadForecastErrorFraction() * effectOfLoad.applyAsDouble(i);
      sum += effect;
      squares += effect * effect;
    }
    return Math.sqrt((1 - correlation) * squares + correlation * sum * sum);
  }
}
