package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ndoe.devices.mqtt.TestBroker;
import org.junit.jupiter.api.BeforeAll;

class MosquittoFaultIT extends GatewayFaultContract {
  @BeforeAll
  static void needsMosquitto() {
    if (!TestBroker.mosquittoInstalled()) {
      System.out.println("SKIPPED: no mosquitto on the path, devices are tested without it");
    }
    assumeTrue(TestBroker.mosquittoInstalled(), "no mosquitto on the path");
  }

  @Override
  TestBroker newBroker() {
    return TestBroker.mosquitto();
  }
}
