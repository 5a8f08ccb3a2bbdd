package ndoe.devices.fleet;

import java.util.Objects;
import ndoe.devices.DeviceId;

/**
 * A device to connect.
 *
 * @param owner who may use it
 * @param scale kW of the scenario for each kW of the device; 1 unless a small device stands for a
 *     large one
 * @param reversionKw limit (generator) or power (storage) to fall back to when the link is lost, kW
 *     of the scenario; also what its guard leaves it at
 * @param protection what its guard minds beyond its rating
 */
public record DeviceSpec(
    DeviceId id,
    String owner,
    Role role,
    Connection connection,
    double scale,
    double reversionKw,
    Protection protection) {
  public DeviceSpec {
    Objects.requireNonNull(id);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(role);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(protection);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(id + ": scale must be above 0: " + scale);
    }
    if (!Double.isFinite(reversionKw)) {
      throw new IllegalArgumentException(id + ": reversion must be finite: " + reversionKw);
    }
  }

  /** A device that needs no protection beyond its rating. */
  public DeviceSpec(
      DeviceId id,
      String owner,
      Role role,
      Connection connection,
      double scale,
      double reversionKw) {
    this(id, owner, role, connection, scale, reversionKw, Protection.NONE);
  }

  /** A device that falls back to no injection and no draw. */
  public DeviceSpec(DeviceId id, String owner, Role role, Connection connection, double scale) {
    this(id, owner, role, connection, scale, 0);
  }
}
