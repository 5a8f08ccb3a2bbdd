package ndoe.controller.study;

/**
 * One way to hedge, for one prosumer or all of them together.
 *
 * @param prosumer its name, or {@link #ALL} for the sum over all on the same test days
 * @param promise the plan’s worst expected cost, in the scenario’s currency per day
 * @param planSeconds wall-clock time it took to plan, s
 */
public record StudyRow(
    StudySetting setting,
    String prosumer,
    double promise,
    OutOfSample outOfSample,
    double planSeconds) {

  /** Not a prosumer’s name, which begins with a letter or digit. */
  public static final String ALL = "*";
}
