package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;

class MosquittoLinkIT extends MqttLinkContract {
  @BeforeAll
  static void needsMosquitto() {
    if (!TestBroker.mosquittoInstalled()) {
      System.out.println("SKIPPED: no mosquitto on the path, links are tested without it");
    }
    assumeTrue(TestBroker.mosquittoInstalled(), "no mosquitto on the path");
  }

  @Override
  TestBroker newBroker() {
    return TestBroker.mosquitto();
  }
}
