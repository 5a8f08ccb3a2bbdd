package ndoe.devices.mqtt;

import java.time.Clock;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;

/** A generator behind an MQTT gateway, which holds the value it falls back to. */
public final class MqttInverter implements Inverter {
  private final GatewaySession session;

  private MqttInverter(GatewaySession session) {
    this.session = session;
  }

  /**
   * Finds the device; the link stays the caller’s and may serve many devices.
   *
   * @throws ndoe.devices.DeviceLinkException if its gateway does not answer or it is no generator
   */
  public static MqttInverter connect(MqttLink link, DeviceTopics topics, GatewayTimings timings) {
    return new MqttInverter(
        GatewaySession.open(link, topics, DeviceInfo.Kind.GENERATOR, timings, Clock.systemUTC()));
  }

  @Override
  public DeviceId id() {
    return session.device();
  }

  @Override
  public double ratingKw() {
    return session.info().generationRatingW() / 1000;
  }

  @Override
  public DispatchReceipt limitActivePower(double limitKw) {
    return new Setpoint(session, limitKw, 0, ratingKw()).asLimit();
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
