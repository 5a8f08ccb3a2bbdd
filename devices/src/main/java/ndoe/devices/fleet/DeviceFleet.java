package ndoe.devices.fleet;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.Inverter;
import ndoe.devices.LoadMeter;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.MqttLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connected devices; power is in kW of the scenario, whatever a device’s own size. */
public final class DeviceFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceFleet.class);

  private final Map<DeviceId, DeviceSpec> specs;
  private final Map<DeviceId, Device> devices;
  private final Optional<MqttLink> link;

  DeviceFleet(List<DeviceSpec> specs, Map<DeviceId, Device> devices, Optional<MqttLink> link) {
    Map<DeviceId, DeviceSpec> byId = new LinkedHashMap<>();
    Map<DeviceId, Device> inOrder = new LinkedHashMap<>();
    for (DeviceSpec spec : specs) {
      byId.put(spec.id(), spec);
      inOrder.put(spec.id(), devices.get(spec.id()));
    }
    this.specs = Collections.unmodifiableMap(byId);
    this.devices = Collections.unmodifiableMap(inOrder);
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
      List<DeviceSpec> specs, Optional<BrokerAddress> broker, FleetTimings timings) {
    return new FleetConnector(specs, broker, timings).connect();
  }

  /**
   * The same fleet, some of whose devices are read but never written to; it takes this one’s place.
   *
   * @param withheld which ones
   */
  public DeviceFleet withholding(Predicate<DeviceSpec> withheld) {
    Map<DeviceId, Device> guarded = new LinkedHashMap<>(devices);
    specs.values().stream()
        .filter(withheld)
        .forEach(spec -> guarded.computeIfPresent(spec.id(), (id, device) -> withheld(device)));
    return new DeviceFleet(List.copyOf(specs.values()), guarded, link);
  }

  private static Device withheld(Device device) {
    if (device instanceof Inverter inverter) {
      return new WithheldInverter(inverter);
    }
    return device instanceof Battery battery ? new WithheldBattery(battery) : device;
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

  /** Closes every link; devices keep what they were last told until their reversion. */
  @Override
  public void close() {
    devices.values().forEach(DeviceFleet::closeQuietly);
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
