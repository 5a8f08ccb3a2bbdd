package ndoe.controller.web;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the page is to be had, and who is let in.
 *
 * @param port 0 for one chosen by the system
 * @param security needed for any address but loopback
 */
public record WebSettings(InetAddress address, int port, Optional<Security> security) {

  /**
   * What is needed to let others in.
   *
   * @param keystore PKCS12 with the server’s key and certificate
   * @param keystorePasswordFile opens the keystore
   * @param passwordFile first line: who may control; second line, if any: who may only look
   */
  public record Security(Path keystore, Path keystorePasswordFile, Path passwordFile) {}

  public WebSettings {
    if (!address.isLoopbackAddress() && security.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is not loopback: that needs TLS and a password, --web-keystore with"
                  .formatted(address.getHostAddress())
              + " --web-keystore-password-file and --web-password-file");
    }
  }

  /** A port of loopback, 0 for one chosen by the system. */
  public static WebSettings loopback(int port) {
    return new WebSettings(InetAddress.getLoopbackAddress(), port, Optional.empty());
  }
}
