package ndoe.devices.fleet;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.Inverter;
import ndoe.devices.LoadMeter;
import ndoe.devices.guard.Guard;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.MqttLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connected devices, each behind its guard; power is in kW of the scenario, whatever a device’s own
 * size.
 */
public final class DeviceFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceFleet.class);

  private final Map<DeviceId, DeviceSpec> specs;
  private final Map<DeviceId, Device> devices;
  private final Guard guard;
  private final List<WriterLock> locks;
  private final Optional<SiteWatch> watch;
  private final Optional<MqttLink> link;

  DeviceFleet(
      List<DeviceSpec> specs,
      Map<DeviceId, Device> devices,
      Guard guard,
      List<WriterLock> locks,
      Optional<SiteWatch> watch,
      Optional<MqttLink> link) {
    Map<DeviceId, DeviceSpec> byId = new LinkedHashMap<>();
    Map<DeviceId, Device> inOrder = new LinkedHashMap<>();
    for (DeviceSpec spec : specs) {
      byId.put(spec.id(), spec);
      inOrder.put(spec.id(), devices.get(spec.id()));
    }
    this.specs = Collections.unmodifiableMap(byId);
    this.devices = Collections.unmodifiableMap(inOrder);
    this.guard = guard;
    this.locks = List.copyOf(locks);
    this.watch = watch;
    this.link = link;
  }

  /**
   * Connects all devices at once.
   *
   * @param broker for the devices behind MQTT, which share one link
   * @throws ndoe.devices.DeviceLinkException naming every device that could not be reached and why;
   *     nothing stays open then
   * @throws IllegalArgumentException if an id appears twice or a broker is needed and not given
   */
  public static DeviceFleet connect(
      List<DeviceSpec> specs,
      Optional<BrokerAddress> broker,
      FleetTimings timings,
      Supervision supervision) {
    return new FleetConnector(specs, broker, timings, supervision).connect();
  }

  /** As {@link #connect(List, Optional, FleetTimings, Supervision)}, without a site. */
  public static DeviceFleet connect(
      List<DeviceSpec> specs, Optional<BrokerAddress> broker, FleetTimings timings) {
    return connect(specs, broker, timings, Supervision.QUIET);
  }

  /** Through which every device is written to. */
  public Guard guard() {
    return guard;
  }

  /**
   * Engages the site’s emergency stop: here at once, and for its gateways and whoever connects
   * later by the message that stays at the broker, where there is one. Does not wait.
   */
  public void emergencyStop(String by, String reason) {
    guard.stop(by, reason);
    watch.ifPresent(site -> site.emergencyStop(by, reason));
  }

  /** Throws IllegalArgumentException if there is none of that name. */
  public Inverter inverter(DeviceId id) {
    return device(id, Inverter.class);
  }

  /** Throws IllegalArgumentException if there is none of that name. */
  public Battery battery(DeviceId id) {
    return device(id, Battery.class);
  }

  /** Throws IllegalArgumentException if there is none of that name. */
  public LoadMeter meter(DeviceId id) {
    return device(id, LoadMeter.class);
  }

  /** All devices, in the order they were asked for. */
  public Collection<Device> devices() {
    return devices.values();
  }

  /** What was asked for, in that order. */
  public Collection<DeviceSpec> specs() {
    return specs.values();
  }

  /** What one owner has, in the order asked for; none if the owner is not known. */
  public List<DeviceSpec> ofOwner(String owner) {
    return specs.values().stream().filter(spec -> spec.owner().equals(owner)).toList();
  }

  /** Leaves every device that was written to at its default and closes every link. */
  @Override
  public void close() {
    guard.close();
    watch.ifPresent(SiteWatch::close);
    devices.values().forEach(DeviceFleet::closeQuietly);
    locks.forEach(WriterLock::close);
    link.ifPresent(MqttLink::close);
  }

  static void closeQuietly(Device device) {
    try {
      device.close();
    } catch (RuntimeException e) {
      LOG.warn("{} does not close: {}", device.id(), e.getMessage());
    }
  }

  private <D extends Device> D device(DeviceId id, Class<D> nature) {
    Device device = devices.get(id);
    if (!nature.isInstance(device)) {
      throw new IllegalArgumentException(
          device == null
              ? "no device " + id + " in the fleet"
              : id + " is a " + specs.get(id).role() + ", not a " + nature.getSimpleName());
    }
    return nature.cast(device);
  }
}
