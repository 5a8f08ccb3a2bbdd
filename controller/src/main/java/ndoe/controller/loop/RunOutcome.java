package ndoe.controller.loop;

import java.util.Arrays;

/** How a run ended, as exit codes of the program. */
public enum RunOutcome {
  /** Certified, and no limit was broken at a measured state. */
  DONE(0),
  /** No certificate, or a limit was broken at a measured state. */
  NOT_SECURE(3),
  /** A device did not confirm a setpoint; its site was held at its default envelope. */
  DEVICE_IN_DOUBT(4),
  /** Stopped from outside; every device is at its default envelope. */
  STOPPED(130);

  static RunOutcome of(int exitCode) {
    return Arrays.stream(values())
        .filter(outcome -> outcome.exitCode == exitCode)
        .findFirst()
        .orElse(NOT_SECURE);
  }

  private final int exitCode;

  RunOutcome(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
