package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @Test
  void knowsTheUsualPorts() {
    assertEquals("tcp://lab:1883", BrokerAddress.parse("tcp://lab").uri());
    assertEquals("ssl://lab:8883", BrokerAddress.parse("ssl://lab").uri());
    assertEquals("tcp://[::1]:99", BrokerAddress.parse("tcp://[::1]:99").uri());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lab", "http://lab", "tcp://", "tcp://lab/x", "tcp://u:p@lab", "tcp://a b"})
  void refusesWhatIsNoBroker(String uri) {
    assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse(uri));
  }

  @Test
  void neverPrintsThePassword() {
    BrokerAddress address = BrokerAddress.parse("ssl://lab").withLogin("controller", "secret");
    assertFalse(address.toString().contains("secret"), address::toString);
    assertTrue(address.toString().contains("controller"), address::toString);
  }

  @Test
  void usesAnAuthorityOnlyWithTls() {
    Path ca = Path.of("ca.pem");
    assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse("tcp://lab").withCa(ca));
  }
}
