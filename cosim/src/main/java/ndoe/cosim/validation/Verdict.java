package ndoe.cosim.validation;

import java.util.List;

/** The judge’s answer. */
public sealed interface Verdict {

  /**
   * Every point tried keeps every limit.
   *
   * @param pointsTried power flows solved
   * @param lowestVoltagePu over all points and buses, per unit
   * @param highestVoltagePu over all points and buses, per unit
   * @param highestLoadingFraction over all points and lines, of the rating
   * @param engine name and version of the power flow engine
   */
  record Certificate(
      long pointsTried,
      double lowestVoltagePu,
      double highestVoltagePu,
      double highestLoadingFraction,
      int randomPoints,
      long seed,
      String engine)
      implements Verdict {}

  /** At least one limit is broken; each place once per point, worst first. */
  record Violated(long pointsTried, List<Violation> violations) implements Verdict {
    public Violated {
      violations = List.copyOf(violations);
    }
  }
}
