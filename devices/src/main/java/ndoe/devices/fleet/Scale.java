package ndoe.devices.fleet;

import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/**
 * Between kW of the scenario and kW of a device that stands for it.
 *
 * @param factor scenario over device
 */
record Scale(double factor) {
  private static final double ROUNDING = 1e-12;

  double toScenario(double deviceKw) {
    return deviceKw * factor;
  }

  double toDevice(double scenarioKw) {
    return scenarioKw / factor;
  }

  Measurement toScenario(Measurement m) {
    return new Measurement(
        m.device(),
        m.at(),
        toScenario(m.activePowerKw()),
        toScenario(m.reactivePowerKvar()),
        m.voltagePu(),
        m.socFraction());
  }

  PriorControl toScenario(PriorControl prior) {
    return new PriorControl(prior.enabled(), toScenario(prior.valueKw()), prior.reverts());
  }

  /** The receipt for what was asked in scenario kW. */
  DispatchReceipt toScenario(DispatchReceipt receipt, double askedKw) {
    if (receipt instanceof DispatchReceipt.Applied a) {
      return new DispatchReceipt.Applied(
          a.device(), askedKw, exactly(askedKw, toScenario(a.appliedKw())), a.at());
    }
    if (receipt instanceof DispatchReceipt.Rejected r) {
      return new DispatchReceipt.Rejected(r.device(), askedKw, scaled(r.reason()));
    }
    if (receipt instanceof DispatchReceipt.Unconfirmed u) {
      return new DispatchReceipt.Unconfirmed(u.device(), askedKw, scaled(u.reason()));
    }
    throw new IllegalStateException("no receipt of a device: " + receipt);
  }

  /** What was asked, if only rounding lies between, so that a limit never seems exceeded. */
  private static double exactly(double askedKw, double appliedKw) {
    return Math.abs(appliedKw - askedKw) <= ROUNDING * Math.abs(askedKw) ? askedKw : appliedKw;
  }

  private String scaled(String reason) {
    return reason + " (device power, 1:" + factor + ")";
  }
}
