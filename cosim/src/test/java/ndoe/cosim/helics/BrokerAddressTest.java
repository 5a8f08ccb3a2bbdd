package ndoe.cosim.helics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "lab.example, zmq, lab.example:23404",
    "lab.example, tcp, lab.example:24160",
    "10.0.0.7:5000, tcp, 10.0.0.7:5000",
    "tcp://10.0.0.7:5000, zmq, 10.0.0.7:5000",
    "127.0.0.1:0, zmq, 127.0.0.1:0"
  })
  void readsHostAndPort(String text, String core, String expected) {
    CoreType type = core.equals("zmq") ? CoreType.ZMQ : CoreType.TCP;
    assertEquals(expected, BrokerAddress.parse(text, type).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "host:", "host:port", "http://host:1", "host --force"})
  void saysWhatAnAddressMayBe(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse(text, CoreType.ZMQ));
    assertTrue(refusal.getMessage().contains("HOST:PORT"), refusal.getMessage());
  }

  @Test
  void refusesAPortThereIsNot() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> BrokerAddress.parse("h:65536", CoreType.ZMQ));
    assertTrue(refusal.getMessage().contains("65536"), refusal.getMessage());
  }
}
