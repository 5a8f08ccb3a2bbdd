package ndoe.devices.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.Inverter;
import ndoe.devices.LoadMeter;
import ndoe.devices.guard.Guard;
import ndoe.devices.guard.GuardRules;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttBattery;
import ndoe.devices.mqtt.MqttInverter;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMeter;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.sunspec.Reversion;
import ndoe.devices.sunspec.SunSpecBattery;
import ndoe.devices.sunspec.SunSpecInverter;
import ndoe.devices.sunspec.SunSpecMeter;
import ndoe.devices.sunspec.SunSpecQuirks;

/** Opens all links of a fleet side by side, or none. */
final class FleetConnector {
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final List<DeviceSpec> specs;
  private final Optional<BrokerAddress> broker;
  private final FleetTimings timings;
  private final Supervision supervision;

  private final Object lock = new Object();
  private final Map<DeviceId, Device> opened = new HashMap<>();
  private final List<WriterLock> locks = new ArrayList<>();
  private Optional<MqttLink> link = Optional.empty();
  private Optional<DeviceLinkException> linkFailure = Optional.empty();
  private boolean givenUp;

  FleetConnector(
      List<DeviceSpec> specs,
      Optional<BrokerAddress> broker,
      FleetTimings timings,
      Supervision supervision) {
    Set<DeviceId> ids = new HashSet<>();
    for (DeviceSpec spec : specs) {
      if (!ids.add(spec.id())) {
        throw new IllegalArgumentException("device " + spec.id() + " appears twice");
      }
      if (spec.connection() instanceof Connection.Mqtt && broker.isEmpty()) {
        throw new IllegalArgumentException(
            "device " + spec.id() + " is behind MQTT, but no broker is given");
      }
    }
    this.specs = List.copyOf(specs);
    this.broker = broker;
    this.timings = timings;
    this.supervision = supervision;
  }

  DeviceFleet connect() {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, specs.size()), FleetConnector::thread);
    List<Future<Void>> attempts;
    try {
      attempts = pool.invokeAll(tasks(), timings.connect().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      release();
      throw new DeviceLinkException("interrupted while connecting the devices", e);
    } finally {
      pool.shutdownNow();
    }
    List<String> failures = failures(attempts);
    if (!failures.isEmpty()) {
      release();
      throw new DeviceLinkException(
          failures.size()
              + " of "
              + specs.size()
              + " devices cannot be reached:\n  "
              + String.join("\n  ", failures));
    }
    return guarded();
  }

  private DeviceFleet guarded() {
    AtomicReference<Optional<SiteWatch>> watch = new AtomicReference<>(Optional.empty());
    Guard guard =
        new Guard(
            event -> {
              supervision.listener().accept(event);
              watch.get().ifPresent(site -> site.say(event));
            });
    synchronized (lock) {
      Map<DeviceId, Device> devices = new HashMap<>();
      for (DeviceSpec spec : specs) {
        devices.put(spec.id(), guard.over(opened.get(spec.id()), rules(spec)));
      }
      try {
        if (broker.isPresent()) {
          watch.set(supervision.site().map(site -> new SiteWatch(site, link(), guard)));
        }
      } catch (DeviceLinkException e) {
        guard.close();
        release();
        throw e;
      }
      return new DeviceFleet(specs, devices, guard, locks, watch.get(), link);
    }
  }

  private GuardRules rules(DeviceSpec spec) {
    return new GuardRules(
        spec.reversionKw(),
        supervision.renewal() ? timings.validity() : FOREVER,
        spec.protection().rampKwPerSecond(),
        spec.protection().frozenAfter(),
        spec.protection().restores(),
        supervision.withheld().test(spec));
  }

  private List<Callable<Void>> tasks() {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (DeviceSpec spec : specs) {
      tasks.add(
          () -> {
            lockWriter(spec);
            keep(scaled(open(spec), spec.scale()));
            return null;
          });
    }
    return tasks;
  }

  private List<String> failures(List<Future<Void>> attempts) {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      Optional<String> reason = failure(attempts.get(i));
      DeviceSpec spec = specs.get(i);
      reason.ifPresent(
          why -> failures.add("%s at %s: %s".formatted(spec.id(), spec.connection(), why)));
    }
    return failures;
  }

  private Optional<String> failure(Future<Void> attempt) {
    try {
      attempt.get();
      return Optional.empty();
    } catch (CancellationException e) {
      return Optional.of("no answer within " + timings.connect().toMillis() + " ms");
    } catch (ExecutionException e) {
      String message = e.getCause().getMessage();
      return Optional.of(message == null ? e.getCause().toString() : message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Gateways behind a broker know their writer; a Modbus device takes anybody’s word. */
  private void lockWriter(DeviceSpec spec) {
    boolean writes =
        spec.role().nature() != Role.Nature.METER && !supervision.withheld().test(spec);
    if (writes && spec.connection() instanceof Connection.ModbusTcp modbus) {
      synchronized (lock) {
        if (!givenUp) {
          locks.add(WriterLock.take(modbus.address().toString()));
        }
      }
    }
  }

  /** A device that comes after the others were given up is closed at once. */
  private void keep(Device device) {
    synchronized (lock) {
      if (!givenUp) {
        opened.put(device.id(), device);
        return;
      }
    }
    DeviceFleet.closeQuietly(device);
  }

  private void release() {
    synchronized (lock) {
      givenUp = true;
      opened.values().forEach(DeviceFleet::closeQuietly);
      opened.clear();
      locks.forEach(WriterLock::close);
      link.ifPresent(MqttLink::close);
    }
  }

  private Device open(DeviceSpec spec) {
    if (spec.connection() instanceof Connection.ModbusTcp modbus) {
      return openModbus(spec, modbus);
    }
    if (spec.connection() instanceof Connection.Mqtt mqtt) {
      return openMqtt(spec, new DeviceTopics(mqtt.site(), spec.id()));
    }
    throw new IllegalStateException("unknown connection " + spec.connection());
  }

  private Device openModbus(DeviceSpec spec, Connection.ModbusTcp modbus) {
    SunSpecQuirks quirks = modbus.quirks();
    ModbusAddress at = modbus.address();
    ModbusTimings patience = new ModbusTimings(timings.answer(), timings.answer(), quirks.gap());
    Reversion reversion = new Reversion(timings.reversion(), spec.reversionKw() / spec.scale());
    InstantSource clock = InstantSource.system();
    return switch (spec.role().nature()) {
      case INVERTER -> SunSpecInverter.connect(spec.id(), at, reversion, patience, quirks, clock);
      case BATTERY -> SunSpecBattery.connect(spec.id(), at, reversion, patience, quirks, clock);
      case METER -> SunSpecMeter.connect(spec.id(), at, patience, quirks, clock);
    };
  }

  private Device openMqtt(DeviceSpec spec, DeviceTopics topics) {
    return switch (spec.role().nature()) {
      case INVERTER -> MqttInverter.connect(link(), topics, timings.gateway());
      case BATTERY -> MqttBattery.connect(link(), topics, timings.gateway());
      case METER -> MqttMeter.connect(link(), topics, timings.gateway());
    };
  }

  /** One link for all; the first device that needs it opens it while the others wait. */
  private MqttLink link() {
    synchronized (lock) {
      if (linkFailure.isPresent() || givenUp) {
        throw linkFailure.orElseGet(() -> new DeviceLinkException("given up"));
      }
      if (link.isEmpty()) {
        try {
          link =
              Optional.of(
                  PahoLink.connect(
                      broker.orElseThrow(),
                      LinkSettings.of("controller-" + UUID.randomUUID().toString().substring(0, 8))
                          .withAnswer(timings.connect())));
        } catch (DeviceLinkException e) {
          linkFailure = Optional.of(e);
          throw e;
        }
      }
      return link.get();
    }
  }

  private static Device scaled(Device device, double factor) {
    if (factor == 1) {
      return device;
    }
    Scale scale = new Scale(factor);
    if (device instanceof Inverter inverter) {
      return new ScaledInverter(inverter, scale);
    }
    if (device instanceof Battery battery) {
      return new ScaledBattery(battery, scale);
    }
    return new ScaledMeter((LoadMeter) device, scale);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "connect device");
    thread.setDaemon(true);
    return thread;
  }
}
