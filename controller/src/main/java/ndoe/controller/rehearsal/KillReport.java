package ndoe.controller.rehearsal;

import java.time.Duration;
import java.util.List;

/**
 * What came of a rehearsal.
 *
 * @param randomKills at random moments
 * @param beforeStart of those, the ones that came before anything was committed, so that there was
 *     nothing to resume
 * @param namedKills at named points
 * @param notPassed named points that were never passed
 * @param resumptions in the order they came
 * @param rowsChecked committed rows that were looked for again after every kill
 * @param lostRows committed rows that were not found again; 0 is right
 * @param lostCommits transactions that were reported as on disk and were not; 0 is right
 * @param runs that were killed and came to their end
 * @param failures resumptions that did not end well, with what they said
 * @param differences of ended runs from one that was never killed; none is right
 */
public record KillReport(
    int randomKills,
    int beforeStart,
    int namedKills,
    List<String> notPassed,
    List<Resumption> resumptions,
    long rowsChecked,
    int lostRows,
    int lostCommits,
    int runs,
    List<String> failures,
    List<String> differences) {
  public KillReport {
    notPassed = List.copyOf(notPassed);
    resumptions = List.copyOf(resumptions);
    failures = List.copyOf(failures);
    differences = List.copyOf(differences);
  }

  /**
   * How long it took until a run went on.
   *
   * @param elapsed since the start of the process
   * @param cpu time of all its threads, which says more where other programs run as well
   */
  public record Resumption(Duration elapsed, Duration cpu) {}

  public Duration longestResumption() {
    return resumptions.stream()
        .map(Resumption::elapsed)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  public Duration mostCpu() {
    return resumptions.stream().map(Resumption::cpu).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** Whether nothing was lost and everything ended as if never killed. */
  public boolean isClean() {
    return notPassed.isEmpty()
        && lostRows == 0
        && lostCommits == 0
        && failures.isEmpty()
        && differences.isEmpty();
  }
}
