package ndoe.devices.gridsimulator;

/** Where an instrument listens for SCPI over TCP. */
public record ScpiAddress(String host, int port) {
  /** The port most instruments listen at; some vendors use another. */
  public static final int USUAL_PORT = 5025;

  public ScpiAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a grid simulator's address is a host and a port from 1 to 65535, not %s:%d"
              .formatted(host, port));
    }
  }

  @Override
  public String toString() {
    return "scpi " + host + ":" + port;
  }
}
