package ndoe.cosim.powerflow;

import ndoe.feeders.Feeder;

final class LadderPowerFlowTest extends PowerFlowContract {
  @Override
  protected PowerFlow open(Feeder feeder) {
    return new LadderPowerFlow(feeder);
  }
}
