package ndoe.devices.mqtt;

import java.time.Clock;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;

/** A storage behind an MQTT gateway, which holds the power it falls back to. */
public final class MqttBattery implements Battery {
  private final GatewaySession session;

  private MqttBattery(GatewaySession session) {
    this.session = session;
  }

  /**
   * Finds the device; the link stays the caller’s and may serve many devices.
   *
   * @throws ndoe.devices.DeviceLinkException if its gateway does not answer or it is no storage
   */
  public static MqttBattery connect(MqttLink link, DeviceTopics topics, GatewayTimings timings) {
    return new MqttBattery(
        GatewaySession.open(link, topics, DeviceInfo.Kind.STORAGE, timings, Clock.systemUTC()));
  }

  @Override
  public DeviceId id() {
    return session.device();
  }

  @Override
  public double dischargeRatingKw() {
    return session.info().generationRatingW() / 1000;
  }

  @Override
  public double chargeRatingKw() {
    return session.info().loadRatingW() / 1000;
  }

  @Override
  public DispatchReceipt setActivePower(double activePowerKw) {
    return new Setpoint(session, activePowerKw, 0 - chargeRatingKw(), dischargeRatingKw())
        .asPower();
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
