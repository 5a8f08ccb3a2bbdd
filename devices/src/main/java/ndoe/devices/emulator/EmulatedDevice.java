package ndoe.devices.emulator;

import java.time.Duration;
import java.util.Set;
import ndoe.devices.DeviceId;

/** An emulated device on its socket, which can be broken and mended while it runs. */
public interface EmulatedDevice extends AutoCloseable {
  /** How late answers of a {@link Fault#LATE} device are. */
  Duration LATENESS = Duration.ofMillis(1_500);

  DeviceId id();

  /** The faults that make sense for it. */
  Set<Fault> possibleFaults();

  /** The faults it has now. */
  Set<Fault> faults();

  /**
   * Breaks it, in addition to what is broken already.
   *
   * @throws IllegalArgumentException if the fault makes no sense for it
   */
  void inject(Fault fault);

  /** Mends one fault; nothing happens when it has it not. */
  void clear(Fault fault);

  /** Mends every fault. */
  default void clearFaults() {
    faults().forEach(this::clear);
  }

  /** Ends its end of the link as a killed process does; the plant behind it goes on. */
  default void kill() {
    close();
  }

  @Override
  void close();
}
