package ndoe.cosim.benchmark;

import java.util.List;
import ndoe.cosim.opendss.NetworkModel;

/**
 * How much to measure. What is to be compared is measured in turns, so that what else the machine
 * does hits all alike.
 *
 * @param models how the engine represents the feeder, one after the other
 * @param turns how often everything that is compared has its turn
 * @param warmUps times left out at the beginning of a turn
 * @param times taken in a turn
 * @param milliseconds how long the solutions behind one time take, ms: short, so that some are left
 *     alone by what else the machine does
 */
public record Effort(
    List<NetworkModel> models, int turns, int warmUps, int times, int milliseconds) {
  public Effort {
    models = List.copyOf(models);
  }

  /** Enough for a comparison on a machine that others use too; a few minutes. */
  public static Effort full() {
    return new Effort(
        List.of(NetworkModel.POSITIVE_SEQUENCE, NetworkModel.THREE_PHASE), 3, 40, 80, 10);
  }

  /** Enough to see that it works: the times mean nothing. */
  public static Effort quick() {
    return new Effort(List.of(NetworkModel.POSITIVE_SEQUENCE), 1, 1, 4, 10);
  }

  /** Passes of the program in C, which takes four times in a pass. */
  int floorPasses() {
    return (times + 3) / 4;
  }
}
