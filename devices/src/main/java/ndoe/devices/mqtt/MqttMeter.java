package ndoe.devices.mqtt;

import java.time.Clock;
import ndoe.devices.DeviceId;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;

/** A meter behind an MQTT gateway. */
public final class MqttMeter implements LoadMeter {
  private final GatewaySession session;

  private MqttMeter(GatewaySession session) {
    this.session = session;
  }

  /**
   * Finds the meter; the link stays the caller’s and may serve many devices.
   *
   * @throws ndoe.devices.DeviceLinkException if its gateway does not answer or it is no load
   */
  public static MqttMeter connect(MqttLink link, DeviceTopics topics, GatewayTimings timings) {
    return new MqttMeter(
        GatewaySession.open(link, topics, DeviceInfo.Kind.LOAD, timings, Clock.systemUTC()));
  }

  @Override
  public DeviceId id() {
    return session.device();
  }

  @Override
  public Measurement measure() {
    return session.measure();
  }

  @Override
  public void close() {
    session.close();
  }
}
