package ndoe.controller.rehearsal;

import ndoe.controller.loop.RunOutcome;

/**
 * What came of a run whose broker was killed and started again.
 *
 * @param broker which one it was
 * @param restarts how many times it was
 * @param asked how many times it should have been
 * @param devices behind it
 * @param committed commands in the journal
 * @param confirmed of those, applied and read back
 * @param undelivered of those, reported to the controller as not delivered or not confirmed
 * @param applied commands that devices acted on, the renewals of their guards among them
 * @param refused commands that devices did not act on, such as a late or a repeated one
 * @param lost commands that nobody knows the end of; 0 is right
 * @param duplicated commands that a device acted on more than once; 0 is right
 * @param reordered commands that a device acted on after a later one; 0 is right
 * @param missedSteps intervals that passed without a step
 * @param violations limits broken at measured states; 0 is right
 * @param outcome of the run; a device in doubt is what an undelivered command leaves
 */
public record BrokerReport(
    String broker,
    int restarts,
    int asked,
    int devices,
    int committed,
    int confirmed,
    int undelivered,
    int applied,
    int refused,
    int lost,
    int duplicated,
    int reordered,
    int missedSteps,
    int violations,
    RunOutcome outcome) {

  /** Whether all restarts were survived without a lost, duplicated or reordered setpoint. */
  public boolean isClean() {
    return restarts == asked
        && committed > 0
        && lost == 0
        && duplicated == 0
        && reordered == 0
        && violations == 0
        && (outcome == RunOutcome.DONE || outcome == RunOutcome.DEVICE_IN_DOUBT);
  }
}
