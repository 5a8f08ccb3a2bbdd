package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.RunFolder;
import ndoe.feeders.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page where others can reach it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SecuredPageIT {
  private static final String OPENER = "opens the keystore";
  private static final String CONTROL = "a word to control";
  private static final String VIEW = "a word to look";

  @TempDir Path temp;

  private Path keystore;
  private Path opener;
  private Path passwords;

  @BeforeEach
  void makeKeys() throws IOException, InterruptedException {
    keystore = temp.resolve("page.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "page",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                OPENER,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertEquals(0, keytool.waitFor(), said);
    opener = secret("opener", OPENER);
    passwords = secret("passwords", CONTROL + "\n" + VIEW + "\n");
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private WebSettings settings() {
    return new WebSettings(
        InetAddress.getLoopbackAddress(),
        0,
        Optional.of(new WebSettings.Security(keystore, opener, passwords)));
  }

  private LivePage page(WebSettings settings) {
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    try {
      return LivePage.ofRun(settings, ReferenceDay.scenario(), 1, folder, Clock.systemUTC());
    } finally {
      folder.close();
    }
  }

  private HttpClient client() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keystore)) {
      trusted.load(file, OPENER.toCharArray());
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> login(HttpClient client, String address, String password)
      throws IOException, InterruptedException {
    URI uri = URI.create(address);
    return client.send(
        HttpRequest.newBuilder(uri.resolve("/login"))
            .header("Origin", "https://" + uri.getAuthority())
            .POST(HttpRequest.BodyPublishers.ofString("password=" + password.replace(' ', '+')))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void letsInWhoKnowsThePasswordOverTlsOnly() throws Exception {
    try (LivePage page = page(settings())) {
      HttpClient client = client();
      assertTrue(page.address().startsWith("https://"), page.address());
      assertFalse(page.address().contains("token"), "no secret in the address");
      assertEquals(401, login(client, page.address(), "wrong").statusCode());
      HttpResponse<String> welcome = login(client, page.address(), VIEW);
      assertEquals(303, welcome.statusCode());
      String cookie = welcome.headers().firstValue("Set-Cookie").orElseThrow();
      assertTrue(cookie.contains("Secure"), cookie);
      HttpRequest look =
          HttpRequest.newBuilder(URI.create(page.address()).resolve("/state"))
              .header("Cookie", cookie.split(";")[0])
              .build();
      String state = client.send(look, HttpResponse.BodyHandlers.ofString()).body();
      assertTrue(state.startsWith("{\"control\":false"), state.substring(0, 40));
      HttpRequest stranger = HttpRequest.newBuilder(URI.create(page.address())).build();
      String form = client.send(stranger, HttpResponse.BodyHandlers.ofString()).body();
      assertTrue(form.contains("type=\"password\""), form);
    }
  }

  @Test
  void refusesSecretsThatOthersCanRead() throws IOException {
    Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> PageSocket.open(settings()));
    assertTrue(refused.getMessage().contains("chmod 600"), refused.getMessage());
  }

  @Test
  void refusesPasswordsThatAreShortOrTheSame() throws IOException {
    for (String text : List.of("short", CONTROL + "\n" + CONTROL, "")) {
      passwords = secret("passwords", text);
      assertThrows(InvalidInputException.class, () -> PageSocket.open(settings()), text);
    }
  }

  @Test
  void saysThatAKeystoreDoesNotOpen() throws IOException {
    opener = secret("opener", "another password");
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> PageSocket.open(settings()));
    assertTrue(refused.getMessage().contains("page.p12"), refused.getMessage());
  }
}
