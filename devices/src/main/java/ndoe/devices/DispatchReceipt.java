package ndoe.devices;

import java.time.Instant;

/** What became of a setpoint. */
public sealed interface DispatchReceipt {
  DeviceId device();

  /** Asked value, kW, injection positive. */
  double askedKw();

  /** Whether the device may be doing something else than is believed. */
  default boolean leavesDoubt() {
    return this instanceof Rejected || this instanceof Unconfirmed;
  }

  /**
   * Written and read back.
   *
   * @param appliedKw value read back from the device, within its quantisation of what was asked; a
   *     limit is never above it
   */
  record Applied(DeviceId device, double askedKw, double appliedKw, Instant at)
      implements DispatchReceipt {}

  /**
   * Written and read back, but less than was asked: the guard held it back.
   *
   * @param appliedKw value read back from the device
   * @param reason what the guard keeps
   */
  record Limited(DeviceId device, double askedKw, double appliedKw, String reason, Instant at)
      implements DispatchReceipt {}

  /** Refused by the device or before it was sent; the previous setpoint stands. */
  record Rejected(DeviceId device, double askedKw, String reason) implements DispatchReceipt {}

  /** Not sent, because nothing is to be written. */
  record Withheld(DeviceId device, double askedKw) implements DispatchReceipt {}

  /** No confirmed answer in time: the device may or may not have taken it. */
  record Unconfirmed(DeviceId device, double askedKw, String reason) implements DispatchReceipt {}
}
