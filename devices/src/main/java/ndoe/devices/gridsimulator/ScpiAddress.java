package ndoe.devices.gridsimulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an instrument listens for SCPI over TCP. */
public record ScpiAddress(String host, int port) {
  /** The port most instruments listen at; some vendors use another. */
  public static final int USUAL_PORT = 5025;

  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]\\s]+))(?::(\\d{1,5}))?");

  public ScpiAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a grid simulator's address is a host and a port from 1 to 65535, not %s:%d"
              .formatted(host, port));
    }
  }

  /**
   * An address as it is written: {@code host}, {@code host:port} or {@code [IPv6]:port}.
   *
   * @throws IllegalArgumentException naming what is allowed
   */
  public static ScpiAddress parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "HOST[:PORT] is a name or address, with [ ] around IPv6, not " + text);
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new ScpiAddress(
        host, parts.group(3) == null ? USUAL_PORT : Integer.parseInt(parts.group(3)));
  }

  @Override
  public String toString() {
    return "scpi " + host + ":" + port;
  }
}
