package ndoe.cosim.opendss;

import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.powerflow.PowerFlowContract;
import ndoe.feeders.Feeder;

final class ThreePhaseIT extends PowerFlowContract {
  @Override
  protected PowerFlow open(Feeder feeder) {
    return OpenDssPowerFlow.threePhase(feeder);
  }
}
