package ndoe.devices.guard;

import java.util.function.LongSupplier;
import ndoe.devices.DeviceId;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;

/** A meter whose readings are watched. */
final class GuardedMeter implements LoadMeter {
  private final LoadMeter device;
  private final ReadingWatch watch;
  private final LongSupplier nanos;

  GuardedMeter(LoadMeter device, GuardRules rules, LongSupplier nanos) {
    this.device = device;
    this.watch = new ReadingWatch(rules.frozenAfter());
    this.nanos = nanos;
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public Measurement measure() {
    Measurement reading = device.measure();
    watch.take(reading, nanos.getAsLong());
    return reading;
  }

  @Override
  public void close() {
    device.close();
  }
}
