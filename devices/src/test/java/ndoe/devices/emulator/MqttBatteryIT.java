package ndoe.devices.emulator;

import java.time.Duration;
import ndoe.devices.Battery;
import ndoe.devices.BatteryContract;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.GatewayTimings;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttBattery;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.PahoLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MqttBatteryIT extends BatteryContract {
  private static EmbeddedBroker broker;

  private MqttEmulator gateway;
  private MqttLink link;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Override
  protected Battery connect(EmulatedPlant plant) {
    BrokerAddress address = broker.address();
    gateway = MqttEmulator.start(plant, address, "lab1");
    link = PahoLink.connect(address, LinkSettings.of("controller"));
    return MqttBattery.connect(
        link,
        new DeviceTopics("lab1", ID),
        new GatewayTimings(Duration.ofSeconds(2), Duration.ofSeconds(2), REVERSION));
  }

  @Override
  protected void silence() {
    gateway.close();
  }

  @Override
  protected void release() {
    gateway.close();
    link.close();
  }
}
