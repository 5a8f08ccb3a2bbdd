package ndoe.cosim.powerflow;

import ndoe.feeders.Feeder;
import ndoe.feeders.Profile;

/**
 * The voltage at each bus falls by a given slope with what all buses draw, and nothing else
 * matters: shares of broken limits can be worked out by hand.
 */
public record LinearPowerFlow(Feeder feeder, double dropPuPerKw) implements PowerFlow {
  @Override
  public GridState solve(Injections injections) {
    injections.requireFinite(feeder.buses().size());
    double drawnKw = 0;
    for (int bus = 0; bus < injections.buses(); bus++) {
      drawnKw -= injections.activePowerKw(bus);
    }
    double voltagePu = feeder.sourceVoltagePu() - dropPuPerKw * drawnKw;
    return new GridState(
        true,
        1,
        Profile.generate(
            feeder.buses().size(), bus -> bus == 0 ? feeder.sourceVoltagePu() : voltagePu),
        Profile.constant(0, feeder.lines().size()),
        0,
        0);
  }

  @Override
  public String engine() {
    return "linear";
  }

  @Override
  public void close() {}
}
