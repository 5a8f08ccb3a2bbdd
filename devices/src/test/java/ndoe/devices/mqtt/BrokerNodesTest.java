package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerNodesTest {
  @Test
  void readsAddressesInTheirOrderAndGoesRoundThem() {
    BrokerNodes nodes = BrokerNodes.parse("tcp://a, tcp://b:99,tcp://c");
    assertEquals("tcp://a:1883,tcp://b:99,tcp://c:1883", nodes.uri());
    List<BrokerAddress> addresses = nodes.addresses();
    assertEquals(addresses.get(1), nodes.after(addresses.get(0)));
    assertEquals(addresses.get(0), nodes.after(addresses.get(2)));
  }

  @Test
  void staysAtABrokerThatIsAlone() {
    BrokerAddress alone = BrokerAddress.parse("tcp://a");
    assertEquals(alone, BrokerNodes.of(alone).after(alone));
  }

  @Test
  void logsInToEveryNodeWithTheSameAccountAndAuthority() {
    BrokerNodes nodes =
        BrokerNodes.parse("ssl://a,ssl://b").withCa(Path.of("ca.pem")).withLogin("p18", "secret");
    for (BrokerAddress node : nodes.addresses()) {
      assertEquals("p18", node.login().orElseThrow().username());
      assertEquals(Optional.of(Path.of("ca.pem")), node.ca());
    }
    assertFalse(nodes.toString().contains("secret"), nodes::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp://a,ssl://b | all tcp:// or all ssl://",
        "tcp://a,tcp://a:1883 | named twice",
        "tcp://a, | a broker is tcp://host:port",
        "tcp://a;tcp://b | a broker is tcp://host:port"
      })
  void saysWhatIsWrongWithAList(String uris, String expected) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> BrokerNodes.parse(uris));
    assertTrue(refused.getMessage().contains(expected), refused::getMessage);
  }
}
