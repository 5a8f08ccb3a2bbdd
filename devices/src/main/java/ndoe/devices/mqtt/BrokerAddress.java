package ndoe.devices.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a broker is and how to log in.
 *
 * @param host name or address
 * @param tls whether the connection is encrypted and the broker’s certificate checked
 * @param ca PEM file of the authorities to trust instead of the system’s; only with tls
 */
public record BrokerAddress(
    String host, int port, boolean tls, Optional<Login> login, Optional<Path> ca) {

  public BrokerAddress {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "a broker needs a host and a port from 1 to 65535: \"" + host + "\":" + port);
    }
    if (ca.isPresent() && !tls) {
      throw new IllegalArgumentException("a broker CA is only used with ssl://");
    }
  }

  /** User name and password; never printed. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return username;
    }
  }

  /** An unencrypted broker without accounts. */
  public static BrokerAddress plain(String host, int port) {
    return new BrokerAddress(host, port, false, Optional.empty(), Optional.empty());
  }

  /**
   * Reads {@code tcp://host:port} or {@code ssl://host:port}; the port is 1883 or 8883 if absent.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static BrokerAddress parse(String uri) {
    URI parsed;
    try {
      parsed = URI.create(uri);
    } catch (IllegalArgumentException e) {
      throw unreadable(uri);
    }
    boolean tls = "ssl".equals(parsed.getScheme());
    boolean onlyHostAndPort =
        parsed.getRawPath() != null
            && parsed.getRawPath().isEmpty()
            && parsed.getUserInfo() == null
            && parsed.getQuery() == null
            && parsed.getFragment() == null;
    if (!(tls || "tcp".equals(parsed.getScheme()))
        || parsed.getHost() == null
        || !onlyHostAndPort) {
      throw unreadable(uri);
    }
    int port = parsed.getPort() >= 0 ? parsed.getPort() : tls ? 8883 : 1883;
    return new BrokerAddress(parsed.getHost(), port, tls, Optional.empty(), Optional.empty());
  }

  public BrokerAddress withLogin(String username, String password) {
    return new BrokerAddress(host, port, tls, Optional.of(new Login(username, password)), ca);
  }

  public BrokerAddress withCa(Path pem) {
    return new BrokerAddress(host, port, tls, login, Optional.of(pem));
  }

  /** The URI, without the login. */
  public String uri() {
    return (tls ? "ssl://" : "tcp://") + host + ":" + port;
  }

  private static IllegalArgumentException unreadable(String uri) {
    return new IllegalArgumentException(
        "a broker is tcp://host:port or ssl://host:port: \"" + uri + "\"");
  }
}
