package ndoe.devices.mqtt;

import ndoe.devices.DeviceId;

/**
 * The topics of one device: {@code hil/v1/{site}/{device}/…}.
 *
 * @param site 1 to 64 of a-z 0-9 _ -
 */
public record DeviceTopics(String site, DeviceId device) {
  public DeviceTopics {
    var unused = new SiteTopics(site);
  }

  /** {@link ControlCommand}, controller to gateway, QoS 1, never retained. */
  public String control() {
    return topic("cmd/control");
  }

  /** {@link ControlAck}, gateway to controller, QoS 1. */
  public String ack() {
    return topic("cmd/ack");
  }

  /** {@link MeasurementPoll}, controller to gateway, QoS 1. */
  public String poll() {
    return topic("cmd/poll");
  }

  /** {@link AcMeasurement}, QoS 0. */
  public String measuredAc() {
    return topic("meas/ac");
  }

  /**
   * {@link StorageMeasurement}, QoS 0, sent before the {@link AcMeasurement} of the same reading.
   */
  public String measuredStorage() {
    return topic("meas/storage");
  }

  /** {@link DeviceState}, retained, last will. */
  public String state() {
    return topic("state");
  }

  /** {@link DeviceInfo}, retained. */
  public String info() {
    return topic("info");
  }

  private String topic(String leaf) {
    return "hil/v1/" + site + "/" + device + "/" + leaf;
  }
}
