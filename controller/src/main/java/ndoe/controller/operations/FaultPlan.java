package ndoe.controller.operations;

import java.util.Comparator;
import java.util.List;

/**
 * The faults of one run, in the order they begin.
 *
 * @param seed of what is left to chance
 */
public record FaultPlan(long seed, List<PlannedFault> faults) {
  public FaultPlan {
    faults = faults.stream().sorted(Comparator.comparing(PlannedFault::at)).toList();
  }
}
