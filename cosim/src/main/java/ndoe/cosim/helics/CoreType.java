package ndoe.cosim.helics;

import java.util.Locale;

/** How the processes of a federation talk to one another; all must use the same. */
public enum CoreType {
  /** ZeroMQ; a broker listens at its port and the next one. */
  ZMQ(23_404, 2),
  /** Plain TCP. */
  TCP(24_160, 1);

  private final int defaultPort;
  private final int brokerPorts;

  CoreType(int defaultPort, int brokerPorts) {
    this.defaultPort = defaultPort;
    this.brokerPorts = brokerPorts;
  }

  /** Where HELICS looks for a broker unless told. */
  public int defaultPort() {
    return defaultPort;
  }

  /** How many ports a broker listens at, one after the other. */
  int brokerPorts() {
    return brokerPorts;
  }

  /** The name HELICS knows it by. */
  String helicsName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
