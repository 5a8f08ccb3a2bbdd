package ndoe.devices;

import java.time.Instant;

/** What became of a setpoint. Anything but {@link Applied} leaves the device’s state in doubt. */
public sealed interface DispatchReceipt {
  DeviceId device();

  /** Asked value, kW, injection positive. */
  double askedKw();

  /**
   * Written and read back.
   *
   * @param appliedKw value read back from the device, within its quantisation of what was asked; a
   *     limit is never above it
   */
  record Applied(DeviceId device, double askedKw, double appliedKw, Instant at)
      implements DispatchReceipt {}

  /** Refused by the device or before it was sent; the previous setpoint stands. */
  record Rejected(DeviceId device, double askedKw, String reason) implements DispatchReceipt {}

  /** No confirmed answer in time: the device may or may not have taken it. */
  record Unconfirmed(DeviceId device, double askedKw, String reason) implements DispatchReceipt {}
}
