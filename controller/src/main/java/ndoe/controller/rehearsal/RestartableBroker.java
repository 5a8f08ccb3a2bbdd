package ndoe.controller.rehearsal;

import java.nio.file.Path;
import java.util.List;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.Mosquitto;

/** A broker on loopback that can be killed and started again where it was; it keeps nothing. */
interface RestartableBroker extends AutoCloseable {

  /** What it is, for the record. */
  String name();

  BrokerAddress address();

  /** Ends it without a goodbye; its clients lose their links. */
  void kill();

  /**
   * Starts it at its address.
   *
   * @throws DeviceLinkException if that is taken
   */
  void startAgain();

  @Override
  void close();

  /** A Mosquitto where one is installed, else a broker inside this process. */
  static RestartableBroker start(Path folder) {
    return Mosquitto.executable().isPresent() ? mosquitto(folder) : embedded();
  }

  private static RestartableBroker mosquitto(Path folder) {
    Mosquitto broker = Mosquitto.start(folder, List.of());
    return new RestartableBroker() {
      @Override
      public String name() {
        return "Mosquitto";
      }

      @Override
      public BrokerAddress address() {
        return BrokerAddress.plain("127.0.0.1", broker.port());
      }

      @Override
      public void kill() {
        broker.kill();
      }

      @Override
      public void startAgain() {
        broker.startAgain();
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }

  /** A broker inside this process; it is ended, which is as near to being killed as it gets. */
  static RestartableBroker embedded() {
    EmbeddedBroker first = EmbeddedBroker.start();
    BrokerAddress address = first.address();
    return new RestartableBroker() {
      private EmbeddedBroker broker = first;

      @Override
      public String name() {
        return "embedded broker";
      }

      @Override
      public BrokerAddress address() {
        return address;
      }

      @Override
      public void kill() {
        broker.close();
      }

      @Override
      public void startAgain() {
        broker = EmbeddedBroker.start(address.port());
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }
}
