package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.EmbeddedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emulated devices on loopback sockets, and a broker for them if there is none. They are to be used
 * through those sockets; {@link #plant} is for their surroundings only.
 */
public final class EmulatedBench implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmulatedBench.class);
  private static final String SITE = "bench";

  private final Map<DeviceId, EmulatedPlant> plants = new LinkedHashMap<>();
  private final Map<DeviceId, DeviceSpec> specs = new LinkedHashMap<>();
  private final Map<DeviceId, EmulatedDevice> emulators = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer = MqttEmulator.newTimer();
  private final String site;
  private Optional<EmbeddedBroker> ownBroker = Optional.empty();
  private boolean hadOwnBroker;
  private Optional<BrokerAddress> broker;

  private EmulatedBench(Optional<BrokerAddress> broker, String site) {
    this.broker = broker;
    this.site = site;
  }

  /** Starts the devices, with a broker of their own if one of them speaks MQTT. */
  public static EmulatedBench start(List<EmulatedDeviceSpec> devices, SimulatedClock clock) {
    return start(devices, clock, Optional.empty(), SITE);
  }

  /**
   * Starts the devices.
   *
   * @param broker for those that speak MQTT; a broker inside this process if absent
   * @param site level of their topics above the device
   * @throws DeviceLinkException if the broker cannot be reached; nothing stays open then
   * @throws IllegalArgumentException if an id appears twice
   */
  public static EmulatedBench start(
      List<EmulatedDeviceSpec> devices,
      SimulatedClock clock,
      Optional<BrokerAddress> broker,
      String site) {
    EmulatedBench bench = new EmulatedBench(broker, site);
    try {
      bench.open(devices, clock);
      return bench;
    } catch (RuntimeException e) {
      bench.close();
      throw e;
    }
  }

  /** Where each device is, in the order they were asked for. */
  public List<DeviceSpec> specs() {
    return List.copyOf(specs.values());
  }

  /** The broker in use, if any device speaks MQTT or one was given. */
  public Optional<BrokerAddress> brokerAddress() {
    return broker;
  }

  /** A device’s surroundings: weather, demand, voltage. Throws IllegalArgumentException if none. */
  public EmulatedPlant plant(DeviceId id) {
    EmulatedPlant plant = plants.get(id);
    if (plant == null) {
      throw new IllegalArgumentException("no emulated device " + id);
    }
    return plant;
  }

  /** A device on its socket, to be broken. Throws IllegalArgumentException if there is none. */
  public EmulatedDevice device(DeviceId id) {
    EmulatedDevice device = emulators.get(id);
    if (device == null) {
      throw new IllegalArgumentException("no emulated device " + id);
    }
    return device;
  }

  /**
   * Lets somebody see every command that arrives at a device behind MQTT.
   *
   * @param each called on the thread of the device’s link, must not block
   */
  public void witness(Consumer<AnsweredCommand> each) {
    for (EmulatedDevice device : emulators.values()) {
      if (device instanceof MqttEmulator gateway) {
        gateway.witness(each);
      }
    }
  }

  /**
   * Lets the messages from and to every device behind MQTT meet this, or nothing if it is empty.
   *
   * @param seed of which of them
   */
  public void disturb(Optional<Disturbance> by, long seed) {
    long number = seed;
    for (DeviceId id : specs.keySet()) {
      if (emulators.get(id) instanceof MqttEmulator gateway) {
        gateway.disturb(by, number++);
      }
    }
  }

  /** Ends the bench’s own broker; {@link #startBroker} starts it where it was. */
  public synchronized void stopBroker() {
    ownBroker.ifPresent(EmbeddedBroker::close);
    ownBroker = Optional.empty();
  }

  /**
   * Starts the bench’s own broker again.
   *
   * @throws DeviceLinkException if its port was taken meanwhile
   * @throws IllegalStateException if it runs or the bench has none
   */
  public synchronized void startBroker() {
    if (!hadOwnBroker || ownBroker.isPresent()) {
      throw new IllegalStateException("there is no stopped broker to be started");
    }
    ownBroker = Optional.of(EmbeddedBroker.start(broker.orElseThrow().port()));
  }

  /** Ends devices, broker and their threads. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      inParallel(emulators.values().stream().map(EmulatedBench::closing).toList());
    } finally {
      emulators.clear();
      stopBroker();
      hadOwnBroker = false;
    }
  }

  private void open(List<EmulatedDeviceSpec> devices, SimulatedClock clock) {
    for (EmulatedDeviceSpec device : devices) {
      EmulatedPlant plant =
          new EmulatedPlant(
              device.id(),
              device.kind(),
              device.rating(),
              device.gridSupport(),
              clock,
              System::nanoTime);
      if (plants.put(device.id(), plant) != null) {
        throw new IllegalArgumentException("device " + device.id() + " appears twice");
      }
    }
    boolean needsBroker = devices.stream().anyMatch(d -> d.protocol() == Protocol.MQTT);
    if (needsBroker && broker.isEmpty()) {
      ownBroker = Optional.of(EmbeddedBroker.start());
      hadOwnBroker = true;
      broker = ownBroker.map(EmbeddedBroker::address);
    }
    List<Connection> connections = inParallel(devices.stream().map(this::starting).toList());
    for (int i = 0; i < devices.size(); i++) {
      EmulatedDeviceSpec device = devices.get(i);
      specs.put(
          device.id(),
          new DeviceSpec(
              device.id(),
              device.owner(),
              device.role(),
              connections.get(i),
              1,
              device.rating().reversionKw()));
    }
  }

  private Callable<Connection> starting(EmulatedDeviceSpec device) {
    return () -> {
      EmulatedPlant plant = plants.get(device.id());
      return switch (device.protocol()) {
        case MQTT -> {
          keep(MqttEmulator.start(plant, broker.orElseThrow(), site, timer), device);
          yield new Connection.Mqtt(site);
        }
        case MODBUS -> {
          SunSpecEmulator emulator = SunSpecEmulator.start(plant, device.placement());
          keep(emulator, device);
          ModbusAddress at = emulator.address();
          yield new Connection.ModbusTcp(at.host(), at.port(), at.unitId());
        }
      };
    };
  }

  private void keep(EmulatedDevice emulator, EmulatedDeviceSpec device) {
    emulators.put(device.id(), emulator);
    device.fault().ifPresent(emulator::inject);
  }

  private static Callable<Void> closing(EmulatedDevice emulator) {
    return () -> {
      try {
        emulator.close();
      } catch (RuntimeException e) {
        LOG.warn("an emulated device does not end: {}", e.getMessage());
      }
      return null;
    };
  }

  /** One thread each: most of connecting and leaving is waiting. */
  private static <T> List<T> inParallel(List<Callable<T>> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DeviceLinkException broken
          ? broken
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted at the emulated bench", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
