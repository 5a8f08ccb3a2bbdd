package ndoe.controller.journal;

import java.util.Locale;

/** Where a run stands; a run that was killed stays {@link #RUNNING}. */
public enum RunStatus {
  RUNNING,
  /** Came to its end, whatever the judge said. */
  COMPLETED,
  /** Stopped from outside before its end. */
  ABORTED,
  /** Stopped by an error. */
  FAILED;

  /** As written in {@code run.json}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
