package ndoe.controller.loop;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;

/**
 * How to run.
 *
 * @param command what the user ran, for the record
 * @param version of this program
 * @param fleetFile which devices are real; all are emulated without one
 * @param speed simulated over real seconds; without one as fast as the devices settle
 * @param dryRun whether real devices are read but never written to
 * @param renewEvery intervals between negotiations while the run goes on; none without it
 * @param days the run lasts, ≥ 1; each is negotiated about before it begins
 */
public record RunOptions(
    String command,
    String version,
    Case decidedBy,
    Settings settings,
    Optional<Path> fleetFile,
    OptionalDouble speed,
    boolean dryRun,
    OptionalInt renewEvery,
    int days) {

  /** One day on one agreement. */
  public RunOptions(
      String command,
      String version,
      Case decidedBy,
      Settings settings,
      Optional<Path> fleetFile,
      OptionalDouble speed,
      boolean dryRun) {
    this(command, version, decidedBy, settings, fleetFile, speed, dryRun, OptionalInt.empty(), 1);
  }

  /** The same run, negotiated again while it goes on. */
  public RunOptions rolling(OptionalInt renewEvery, int days) {
    return new RunOptions(
        command, version, decidedBy, settings, fleetFile, speed, dryRun, renewEvery, days);
  }

  boolean isRolling() {
    return renewEvery.isPresent() || days > 1;
  }
}
