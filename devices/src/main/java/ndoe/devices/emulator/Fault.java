package ndoe.devices.emulator;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be wrong with an emulated device on command. */
public enum Fault {
  /** Answers come {@link EmulatedDevice#LATENESS} late. */
  LATE,
  /** Requests are acted upon and never answered. */
  SILENT,
  /** Connections stay open and are dead for good; one made after the fault is cleared works. */
  HALF_OPEN,
  /** Answers carry the transaction id of another request. */
  WRONG_TRANSACTION_ID,
  /** Answers come from another unit. */
  WRONG_UNIT_ID,
  /** The second half of every answer is missing. */
  TORN_FRAME,
  /** Every request is refused with exception 4, device failure. */
  EXCEPTION,
  /** The measured power creeps up by 1 % of the rating per second, to 50 %. */
  DRIFTING,
  /** Registers and answers show a control that the power does not follow. */
  IGNORING_SETPOINTS,
  /** Measurements and heartbeat stand still while controls still act. */
  FROZEN;

  /** Those that make sense whatever a device speaks; the others are of Modbus. */
  public static final Set<Fault> OF_EVERY_PROTOCOL =
      Collections.unmodifiableSet(EnumSet.of(LATE, SILENT, DRIFTING, IGNORING_SETPOINTS, FROZEN));
}
