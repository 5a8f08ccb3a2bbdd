package ndoe.controller.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import ndoe.devices.DeviceLinkException;

/**
 * The port the page is served on.
 *
 * @param names it may be asked for by, in lower case
 * @param passwords of those who come; none on loopback
 */
record PageSocket(HttpServer server, Set<String> names, List<String> passwords, boolean encrypted) {
  private static final int SHORTEST_PASSWORD = 12;

  /**
   * Takes the port.
   *
   * @throws DeviceLinkException if it is taken
   * @throws ndoe.feeders.InvalidInputException if a file is not as it must be
   */
  static PageSocket open(WebSettings settings) {
    InetSocketAddress at = new InetSocketAddress(settings.address(), settings.port());
    Set<String> names = new HashSet<>();
    names.add(shown(settings.address()));
    if (settings.address().isLoopbackAddress()) {
      names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    }
    try {
      if (settings.security().isEmpty()) {
        return new PageSocket(HttpServer.create(at, 0), names, List.of(), false);
      }
      WebSettings.Security security = settings.security().get();
      List<String> passwords = passwords(security);
      char[] opener = SecretFile.lines(security.keystorePasswordFile()).get(0).toCharArray();
      KeyStore keys = keystore(security, opener);
      names.addAll(names(security, keys));
      HttpsServer server = HttpsServer.create(at, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context(security, keys, opener)));
      return new PageSocket(server, names, passwords, true);
    } catch (IOException e) {
      throw new DeviceLinkException(
          "--web: %s port %d cannot be listened on: %s; port 0 lets the system choose"
              .formatted(settings.address().getHostAddress(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** An address as it stands in the address of a page. */
  static String shown(InetAddress address) {
    String text = address.getHostAddress().toLowerCase(Locale.ROOT);
    return text.contains(":") ? "[" + text + "]" : text;
  }

  private static List<String> passwords(WebSettings.Security security) {
    List<String> passwords = SecretFile.lines(security.passwordFile());
    if (passwords.stream().anyMatch(word -> word.length() < SHORTEST_PASSWORD)) {
      throw SecretFile.problem(
          security.passwordFile(),
          "a password must have %d characters or more".formatted(SHORTEST_PASSWORD));
    }
    if (passwords.size() > 1 && passwords.get(0).equals(passwords.get(1))) {
      throw SecretFile.problem(
          security.passwordFile(), "the password to look must not be the one to control");
    }
    return passwords;
  }

  private static KeyStore keystore(WebSettings.Security security, char[] opener) {
    try (InputStream file = Files.newInputStream(security.keystore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, opener);
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw SecretFile.problem(
          security.keystore(), "cannot be opened as PKCS12: " + e.getMessage());
    }
  }

  private static SSLContext context(WebSettings.Security security, KeyStore keys, char[] opener) {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, opener);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw SecretFile.problem(
          security.keystore(), "holds no key that can be used: " + e.getMessage());
    }
  }

  /** The names and addresses the certificate is for. */
  private static Set<String> names(WebSettings.Security security, KeyStore keys) {
    Set<String> names = new HashSet<>();
    try {
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
          Optional.ofNullable(certificate.getSubjectAlternativeNames())
              .ifPresent(all -> all.forEach(name -> names.add(name(name))));
        }
      }
    } catch (GeneralSecurityException e) {
      throw SecretFile.problem(
          security.keystore(), "its certificate cannot be read: " + e.getMessage());
    }
    return names;
  }

  /** A pair of kind and value. */
  private static String name(Collection<?> alternative) {
    String text = String.valueOf(List.copyOf(alternative).get(1)).toLowerCase(Locale.ROOT);
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
