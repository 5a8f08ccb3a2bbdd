package ndoe.devices.emulator;

import ndoe.devices.mqtt.TestBroker;

class EmbeddedBrokerFaultIT extends GatewayFaultContract {
  @Override
  TestBroker newBroker() {
    return TestBroker.embedded();
  }
}
