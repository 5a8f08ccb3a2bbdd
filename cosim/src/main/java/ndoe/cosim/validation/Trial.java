package ndoe.cosim.validation;

import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;

/** The power flow of one thread at one interval, with what no prosumer decides put once. */
final class Trial {
  private final int interval;
  private final PowerFlow powerFlow;
  private final FeederUse use;
  private final Injections others;
  private final Injections all;

  /** With passive loads as forecast and every asset in service. */
  Trial(int interval, PowerFlow powerFlow, FeederUse use) {
    this.interval = interval;
    this.powerFlow = powerFlow;
    this.use = use;
    others = use.injections();
    all = use.injections();
    use.putOthers(interval, others);
  }

  int interval() {
    return interval;
  }

  FeederUse use() {
    return use;
  }

  String engine() {
    return powerFlow.engine();
  }

  /** From now on, passive loads are this much of their forecast. */
  void setLoadFactors(double[] loadFactors) {
    use.putOthers(interval, loadFactors, others);
  }

  /** From now on, passive loads are as forecast and one asset is lost. */
  void loseAsset(int asset) {
    use.putOthersWithout(asset, interval, others);
  }

  boolean hasControls() {
    return powerFlow.hasControls();
  }

  GridState solve(Exchange exchange) {
    return powerFlow.solve(injections(exchange));
  }

  /** The state once regulators have answered. */
  GridState solveRegulated(Exchange exchange) {
    return powerFlow.solveRegulated(injections(exchange));
  }

  private Injections injections(Exchange exchange) {
    all.set(others);
    use.addExchange(exchange.netImportKw(), exchange.reactivePowerKvar(), all);
    return all;
  }
}
