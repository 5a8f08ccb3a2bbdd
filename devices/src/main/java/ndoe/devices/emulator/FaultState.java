package ndoe.devices.emulator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The faults a device has and since when; thread-safe. */
final class FaultState {
  private static final double DRIFT_PER_SECOND = 0.01;
  private static final double LARGEST_DRIFT = 0.5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final EmulatedPlant plant;
  private final Set<Fault> possible;
  private final Map<Fault, Long> sinceNanos = new EnumMap<>(Fault.class);

  FaultState(EmulatedPlant plant, Set<Fault> possible) {
    this.plant = plant;
    this.possible = possible;
  }

  static FaultState none(EmulatedPlant plant) {
    return new FaultState(plant, Set.of());
  }

  synchronized void inject(Fault fault) {
    if (!possible.contains(fault)) {
      throw new IllegalArgumentException(
          "device %s cannot be %s; it can be %s".formatted(plant.id(), fault, possible));
    }
    sinceNanos.putIfAbsent(fault, plant.monotonicNanos().getAsLong());
    plant.ignoreSetpoints(has(Fault.IGNORING_SETPOINTS));
  }

  synchronized void clear(Fault fault) {
    sinceNanos.remove(fault);
    plant.ignoreSetpoints(has(Fault.IGNORING_SETPOINTS));
  }

  synchronized Set<Fault> all() {
    Set<Fault> all = EnumSet.noneOf(Fault.class);
    all.addAll(sinceNanos.keySet());
    return all;
  }

  synchronized boolean has(Fault fault) {
    return sinceNanos.containsKey(fault);
  }

  /** The active power the device believes in, kW, injection positive. */
  synchronized double measuredKw() {
    Long since = sinceNanos.get(Fault.DRIFTING);
    double power = plant.activePowerKw();
    if (since == null) {
      return power;
    }
    double seconds = (plant.monotonicNanos().getAsLong() - since) / NANOS_PER_SECOND;
    double rated = Math.max(plant.rating().injectionKw(), plant.rating().drawKw());
    return power + Math.min(LARGEST_DRIFT, DRIFT_PER_SECOND * seconds) * rated;
  }
}
