package ndoe.devices;

/**
 * A device on a link, owned by one thread. Calls block until the device answered or the link’s
 * deadline passed. A broken link throws {@link DeviceLinkException} from {@link #measure()};
 * setpoints answer with a {@link DispatchReceipt} instead.
 */
public sealed interface Device extends AutoCloseable permits Inverter, Battery, LoadMeter {
  DeviceId id();

  Measurement measure();

  /** Closes the link; the device keeps what it was last told. */
  @Override
  void close();
}
