package ndoe.cosim.helics;

import com.sun.jna.Pointer;
import java.time.Duration;
import ndoe.cosim.helics.FederationException.Reason;

/**
 * The root broker of a federation, inside this process: it brings the federates together and
 * coordinates their time. Any other HELICS 3 broker does as well.
 */
public final class HelicsBroker implements AutoCloseable {
  private final Pointer broker;
  private final BrokerAddress address;

  private HelicsBroker(Pointer broker, BrokerAddress address) {
    this.broker = broker;
    this.address = address;
  }

  /**
   * Starts to listen.
   *
   * @param at where; port 0 lets the system choose
   * @param federates how many must have joined before time begins, > 0
   * @throws FederationException if it cannot listen there
   */
  public static HelicsBroker start(CoreType core, BrokerAddress at, int federates) {
    HelicsLibrary.start();
    BrokerAddress address = at.withPort(core);
    HelicsError error = new HelicsError();
    String options =
        "--federates=%d --port=%d %s%s"
            .formatted(
                federates,
                address.port(),
                address.isLoopback() ? "" : "--external --local_interface=" + address.host() + " ",
                ValueFederate.QUIET);
    Pointer broker =
        HelicsLibrary.helicsCreateBroker(core.helicsName(), "", options, error.pointer());
    if (error.isSet() || broker == null || HelicsLibrary.helicsBrokerIsConnected(broker) == 0) {
      throw new FederationException(
          Reason.NO_BROKER,
          "no broker can listen at %s%s; the port may be in use"
              .formatted(address, error.isSet() ? ": " + error.text() : ""));
    }
    return new HelicsBroker(broker, address);
  }

  /** Where federates find it. */
  public BrokerAddress address() {
    return address;
  }

  /** Whether every federate has left before the wait was over. */
  public boolean awaitEnd(Duration longest) {
    HelicsError error = new HelicsError();
    return HelicsLibrary.helicsBrokerWaitForDisconnect(
            broker, Math.toIntExact(longest.toMillis()), error.pointer())
        != 0;
  }

  @Override
  public void close() {
    HelicsLibrary.helicsBrokerDisconnect(broker, new HelicsError().pointer());
    HelicsLibrary.helicsBrokerFree(broker);
  }
}
