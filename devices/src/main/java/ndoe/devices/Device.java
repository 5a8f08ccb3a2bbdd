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

  /** What the device had been told before this program wrote anything; empty when unknown. */
  default Optional<PriorControl> priorControl() {
    return Optional.empty();
  }

  /**
   * Puts back what {@link #priorControl()} found and reads it back.
   *
   * @return whether the device confirms it; false also when nothing was noted, the link is broken
   *     or another controller has written since
   */
  default boolean restorePriorControl() {
    return false;
  }

  /** Closes the link; the device keeps what it was last told. */
  @Override
  void close();
}
