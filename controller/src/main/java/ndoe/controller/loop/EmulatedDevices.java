package ndoe.controller.loop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * The emulated devices of a scenario on their own, for other people’s clients or for a controller
 * that takes them for real. Without a twin they feel their nominal voltage.
 */
public final class EmulatedDevices implements AutoCloseable {
  private static final String SITE = "lab1";

  private final Scenario scenario;
  private final SimulatedClock clock;
  private final EmulatedBench bench;
  private final EmulatedDay day;

  private EmulatedDevices(
      Scenario scenario,
      SimulatedClock clock,
      EmulatedBench bench,
      Map<DeviceId, DeviceNeed> emulated) {
    this.scenario = scenario;
    this.clock = clock;
    this.bench = bench;
    this.day = new EmulatedDay(scenario, bench, emulated);
    day.begin(0);
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
    return new EmulatedDevices(
        scenario, clock, EmulatedBench.start(specs, clock, broker, SITE), wiring.emulated());
  }

  /** Where each device is. */
  public List<DeviceSpec> specs() {
    return bench.specs();
  }

  /** The broker of those that speak MQTT. */
  public Optional<BrokerAddress> broker() {
    return bench.brokerAddress();
  }

  /** Brings the weather and demand of one interval after the other; returns at the end or stop. */
  public void followTheDay(CountDownLatch stop, Consumer<LocalDateTime> begun) {
    Pace pace = new Pace(clock, false, stop);
    for (int t = 0; t < scenario.horizon().intervals() && !pace.isStopped(); t++) {
      day.begin(t);
      begun.accept(scenario.horizon().startOf(t));
      LocalDateTime end =
          scenario.horizon().startOf(t).plusMinutes(scenario.horizon().intervalMinutes());
      pace.passUntil(end.toInstant(ZoneOffset.UTC));
    }
  }

  /** A fleet file in which these devices are the real ones. */
  public String fleetFile() {
    List<String> lines = new ArrayList<>();
    lines.add("# Emulated devices of another process; valid as long as that one runs.");
    lines.add("format: 1");
    lines.add("site: " + SITE);
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
