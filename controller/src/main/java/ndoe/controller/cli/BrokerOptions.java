package ndoe.controller.cli;

import ndoe.devices.mqtt.BrokerNodes;
import picocli.CommandLine.Option;

/** How a broker, or a cluster of them, is reached. */
final class BrokerOptions extends BrokerLogin {
  @Option(
      names = "--broker",
      required = true,
      paramLabel = "URI",
      description =
          "tcp://host:port or ssl://host:port; of a cluster several, separated by commas: the first"
              + " that answers, then the next when that one is lost.")
  private String uri;

  BrokerNodes nodes() {
    return at(uri);
  }
}
