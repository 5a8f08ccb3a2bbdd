package ndoe.devices.mqtt;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A broker, or the nodes of a cluster of brokers that stand in for each other: a link goes to the
 * first that answers, and to the next when that one is lost.
 *
 * @param addresses at least one, each once, either all encrypted or none
 */
public record BrokerNodes(List<BrokerAddress> addresses) {
  public BrokerNodes {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a cluster of brokers needs at least one address");
    }
    List<String> uris = addresses.stream().map(BrokerAddress::uri).toList();
    if (new HashSet<>(uris).size() < uris.size()) {
      throw new IllegalArgumentException("a broker is named twice: " + String.join(",", uris));
    }
    if (addresses.stream().map(BrokerAddress::tls).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "brokers of one cluster are all tcp:// or all ssl://: " + String.join(",", uris));
    }
  }

  /** A broker that is alone. */
  public static BrokerNodes of(BrokerAddress only) {
    return new BrokerNodes(List.of(only));
  }

  /**
   * Reads one or more broker addresses separated by commas, the one to go to first at first.
   *
   * @throws IllegalArgumentException if one is none, two are the same or only some are encrypted
   */
  public static BrokerNodes parse(String uris) {
    return new BrokerNodes(
        Arrays.stream(uris.split(",", -1))
            .map(String::strip)
            .map(BrokerAddress::parse)
            .collect(Collectors.toList()));
  }

  /** The same account at every node. */
  public BrokerNodes withLogin(String username, String password) {
    return each(address -> address.withLogin(username, password));
  }

  /** The same authority for the certificates of all nodes. */
  public BrokerNodes withCa(Path pem) {
    return each(address -> address.withCa(pem));
  }

  private BrokerNodes each(UnaryOperator<BrokerAddress> change) {
    return new BrokerNodes(addresses.stream().map(change).toList());
  }

  /** The node to try after this one. */
  BrokerAddress after(BrokerAddress node) {
    return addresses.get((addresses.indexOf(node) + 1) % addresses.size());
  }

  /** All URIs, without the login. */
  public String uri() {
    return addresses.stream().map(BrokerAddress::uri).collect(Collectors.joining(","));
  }
}
