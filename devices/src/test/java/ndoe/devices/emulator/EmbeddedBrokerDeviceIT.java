package ndoe.devices.emulator;

import ndoe.devices.mqtt.TestBroker;

class EmbeddedBrokerDeviceIT extends MqttDeviceContract {
  @Override
  TestBroker newBroker() {
    return TestBroker.embedded();
  }
}
