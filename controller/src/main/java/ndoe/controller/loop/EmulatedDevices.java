package ndoe.controller.loop;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import ndoe.controller.loop.EmulatedFleetFile.EmulatedFleet;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.AnsweredCommand;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDevice;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * Emulated devices on their own, of a scenario or of a file that lists them, for other people’s
 * clients or for a controller that takes them for real. Without a twin they feel their nominal
 * voltage unless they are told another.
 */
public final class EmulatedDevices implements AutoCloseable {
  private static final String SITE = "lab1";

  private final SimulatedClock clock;
  private final EmulatedBench bench;
  private final String site;
  private final Optional<Day> day;

  /** What happens around the devices of a scenario. */
  private record Day(Scenario scenario, EmulatedDay surroundings) {}

  private EmulatedDevices(
      SimulatedClock clock, EmulatedBench bench, String site, Optional<Day> day) {
    this.clock = clock;
    this.bench = bench;
    this.site = site;
    this.day = day;
    day.ifPresent(one -> one.surroundings().begin(0));
  }

  /** Whether a file lists the devices to emulate; else it is a scenario. */
  public static boolean areListedIn(Path file) {
    return EmulatedFleetFile.isOne(file);
  }

  /**
   * Starts the devices that a file lists.
   *
   * @param broker for those that speak MQTT, instead of the file’s; one inside this process if
   *     neither names one
   * @param speed simulated over real time, above 0
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   * @throws DeviceLinkException if the broker cannot be reached or a port is taken
   */
  public static EmulatedDevices start(Path file, Optional<BrokerAddress> broker, double speed) {
    EmulatedFleet fleet = EmulatedFleetFile.read(file);
    SimulatedClock clock = SimulatedClock.running(Instant.EPOCH, speed, System::nanoTime);
    List<EmulatedDeviceSpec> specs =
        fleet.devices().stream().map(EmulatedFleetFile.Entry::spec).toList();
    EmulatedBench bench = EmulatedBench.start(specs, clock, broker.or(fleet::broker), fleet.site());
    for (EmulatedFleetFile.Entry entry : fleet.devices()) {
      EmulatedPlant plant = bench.plant(entry.spec().id());
      switch (plant.kind()) {
        case GENERATOR -> plant.setAvailablePowerKw(entry.surroundingKw());
        case LOAD -> plant.setDemandKw(entry.surroundingKw());
        case STORAGE -> {}
      }
    }
    return new EmulatedDevices(clock, bench, fleet.site(), Optional.empty());
  }

  /**
   * Starts the devices of some prosumers.
   *
   * @param prosumers whose; of all if empty
   * @param broker for those that speak MQTT; one inside this process if absent
   * @param speed simulated over real time, above 0
   * @throws DeviceLinkException if the broker cannot be reached
   */
  public static EmulatedDevices start(
      Scenario scenario, Set<ProsumerId> prosumers, Optional<BrokerAddress> broker, double speed) {
    List<DeviceNeed> needs =
        DeviceWiring.needs(scenario, Optional.empty()).stream()
            .filter(need -> prosumers.isEmpty() || prosumers.contains(need.owner()))
            .toList();
    DeviceWiring wiring = new DeviceWiring(scenario, FleetFile.Fleet.allEmulated(), needs);
    Instant begin = scenario.horizon().start().toInstant(ZoneOffset.UTC);
    SimulatedClock clock = SimulatedClock.running(begin, speed, System::nanoTime);
    List<EmulatedDeviceSpec> specs = wiring.emulatedSpecs();
    EmulatedBench bench = EmulatedBench.start(specs, clock, broker, SITE);
    EmulatedDay surroundings = new EmulatedDay(scenario, bench, wiring.emulated());
    return new EmulatedDevices(clock, bench, SITE, Optional.of(new Day(scenario, surroundings)));
  }

  /**
   * Starts the devices of a whole scenario, all of them behind a broker; their day stands still
   * until {@link #run}.
   *
   * @param speed simulated over real time, above 0
   * @throws DeviceLinkException if the broker cannot be reached
   */
  public static EmulatedDevices behind(BrokerAddress broker, Scenario scenario, double speed) {
    List<DeviceNeed> needs = DeviceWiring.needs(scenario, Optional.empty());
    DeviceWiring wiring = new DeviceWiring(scenario, FleetFile.Fleet.allEmulated(), needs);
    List<EmulatedDeviceSpec> specs =
        needs.stream()
            .map(
                need ->
                    new EmulatedDeviceSpec(
                        need.id(), need.owner().value(), need.role(), Protocol.MQTT, need.rating()))
            .toList();
    Instant begin = scenario.horizon().start().toInstant(ZoneOffset.UTC);
    SimulatedClock clock = SimulatedClock.held(begin, speed, System::nanoTime);
    EmulatedBench bench = EmulatedBench.start(specs, clock, Optional.of(broker), SITE);
    EmulatedDay surroundings = new EmulatedDay(scenario, bench, wiring.emulated());
    return new EmulatedDevices(clock, bench, SITE, Optional.of(new Day(scenario, surroundings)));
  }

  /** Lets somebody see every command that arrives at a device behind MQTT; must not block. */
  public void witness(Consumer<AnsweredCommand> each) {
    bench.witness(each);
  }

  /** Where each device is. */
  public List<DeviceSpec> specs() {
    return bench.specs();
  }

  /** The surroundings of a device. Throws IllegalArgumentException if there is none. */
  public EmulatedPlant plant(DeviceId id) {
    return bench.plant(id);
  }

  /** A device on its socket, to be broken. Throws IllegalArgumentException if there is none. */
  public EmulatedDevice device(DeviceId id) {
    return bench.device(id);
  }

  /** The broker of those that speak MQTT. */
  public Optional<BrokerAddress> broker() {
    return bench.brokerAddress();
  }

  /**
   * Brings the weather and demand of one interval of the scenario’s day after the other; returns at
   * its end or when stopped. Devices that a file lists run until stopped.
   */
  public void run(CountDownLatch stop, Consumer<LocalDateTime> begun) {
    clock.begin();
    if (day.isPresent()) {
      follow(day.get(), new Pace(clock, false, stop), begun);
    } else {
      new Pace(clock, false, stop).passUntil(Instant.MAX);
    }
  }

  private static void follow(Day day, Pace pace, Consumer<LocalDateTime> begun) {
    Horizon horizon = day.scenario().horizon();
    for (int t = 0; t < horizon.intervals() && !pace.isStopped(); t++) {
      day.surroundings().begin(t);
      begun.accept(horizon.startOf(t));
      LocalDateTime end = horizon.startOf(t).plusMinutes(horizon.intervalMinutes());
      pace.passUntil(end.toInstant(ZoneOffset.UTC));
    }
  }

  /** A fleet file in which these devices are the real ones. */
  public String fleetFile() {
    List<String> lines = new ArrayList<>();
    lines.add("# Emulated devices of another process; valid as long as that one runs.");
    lines.add("format: 1");
    lines.add("site: " + site);
    broker().ifPresent(address -> lines.add("broker: " + address.uri()));
    lines.add("devices:");
    for (DeviceSpec spec : specs()) {
      String connection =
          spec.connection() instanceof Connection.ModbusTcp modbus
              ? "modbus: {host: %s, port: %d, unit: %d}"
                  .formatted(modbus.host(), modbus.port(), modbus.unitId())
              : "mqtt: {}";
      lines.add(
          "  - {id: %s, prosumer: %s, role: %s, %s}"
              .formatted(
                  spec.id(),
                  spec.owner(),
                  spec.role().name().toLowerCase(Locale.ROOT),
                  connection));
    }
    return String.join("\n", lines) + "\n";
  }

  @Override
  public void close() {
    bench.close();
  }
}
