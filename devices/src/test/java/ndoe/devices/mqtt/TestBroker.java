package ndoe.devices.mqtt;

import java.nio.file.Path;
import java.util.List;

/** A broker that a test may end and start again where it was. */
public interface TestBroker extends AutoCloseable {
  BrokerAddress address();

  void stop();

  void startAgain();

  @Override
  default void close() {
    stop();
  }

  static TestBroker embedded() {
    return new Embedded();
  }

  static boolean mosquittoInstalled() {
    return Mosquitto.executable().isPresent();
  }

  static TestBroker mosquitto() {
    return new Process(Mosquitto.start(Path.of(System.getProperty("java.io.tmpdir")), List.of()));
  }

  /** In this process. */
  final class Embedded implements TestBroker {
    private EmbeddedBroker broker = EmbeddedBroker.start();
    private final BrokerAddress address = broker.address();

    @Override
    public BrokerAddress address() {
      return address;
    }

    @Override
    public void stop() {
      broker.close();
    }

    @Override
    public void startAgain() {
      broker = EmbeddedBroker.start(address.port());
    }
  }

  /** A process of its own. */
  final class Process implements TestBroker {
    private final Mosquitto mosquitto;

    private Process(Mosquitto mosquitto) {
      this.mosquitto = mosquitto;
    }

    @Override
    public BrokerAddress address() {
      return BrokerAddress.plain("127.0.0.1", mosquitto.port());
    }

    @Override
    public void stop() {
      mosquitto.stop();
    }

    @Override
    public void startAgain() {
      mosquitto.startAgain();
    }
  }
}
