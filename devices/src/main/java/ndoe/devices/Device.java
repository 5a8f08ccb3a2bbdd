package ndoe.devices;

import java.util.Optional;

/**
 * A device on a link, owned by one thread. Calls block until the device answered or the link’s
 * deadline passed. A broken link throws {@link DeviceLinkException} from {@link #measure()};
 * setpoints answer with a {@link DispatchReceipt} instead.
 */
public sealed interface Device extends AutoCloseable permits Inverter, Battery, LoadMeter {
  DeviceId id();

  Measurement measure();

  /** What was found on the device before anything was written; empty when it does not tell. */
  default Optional<PriorControl> priorControl() {
    return Optional.empty();
  }

  /**
   * Puts {@link #priorControl} back as it was found.
   *
   * @return whether the device confirmed it
   */
  default boolean restorePriorControl() {
    return false;
  }

  /**
   * Whether a device that is no longer heard of falls back to the power it was told to revert to; a
   * device that cannot is then released, and needs a fall-back of its own.
   */
  default boolean revertsToValue() {
    return true;
  }

  /** Closes the link; the device keeps what it was last told. */
  @Override
  void close();
}
