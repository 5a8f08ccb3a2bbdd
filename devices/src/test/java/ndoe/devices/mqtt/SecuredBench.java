package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The secured broker of the lab set-up, made by its script, with its configuration and access list;
 * only the port is another.
 */
public final class SecuredBench implements AutoCloseable {
  private static final Path SET_UP = Path.of("../lab-setup/mosquitto").toAbsolutePath();
  private static final List<String> PROGRAMS = List.of("openssl", "mosquitto_passwd", "sh");

  private final Path directory;
  private final TestBroker broker;

  private SecuredBench(Path directory, TestBroker broker) {
    this.directory = directory;
    this.broker = broker;
  }

  /** Skips the test, and says so, where Mosquitto or OpenSSL is missing. */
  public static void assumeInstalled() {
    boolean installed =
        TestBroker.mosquittoInstalled() && PROGRAMS.stream().allMatch(SecuredBench::onPath);
    if (!installed) {
      System.out.println("SKIPPED: no mosquitto or openssl on the path, no secured broker tested");
    }
    assumeTrue(installed, "no mosquitto or openssl on the path");
  }

  /** Runs the script in an empty directory and starts the broker in it. */
  public static SecuredBench start(Path directory, String... accounts) throws Exception {
    return start(directory, SET_UP.resolve("acl"), accounts);
  }

  /** The same with another access list. */
  public static SecuredBench start(Path directory, Path acl, String... accounts) throws Exception {
    Files.copy(acl, directory.resolve("acl"));
    secure(directory, "127.0.0.1", accounts);
    List<String> lines =
        Files.readAllLines(SET_UP.resolve("secured.conf")).stream()
            .filter(line -> !line.startsWith("listener "))
            .toList();
    return new SecuredBench(directory, TestBroker.mosquittoIn(directory, lines));
  }

  /** Runs the script; fails with what it says. */
  public static String secure(Path directory, String broker, String... accounts) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder("sh", SET_UP.resolve("secure.sh").toString(), broker);
    script.command().addAll(List.of(accounts));
    Path said = directory.resolve("said");
    Process process =
        script
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("secure.sh does not end");
    }
    String text = Files.readString(said);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(text);
    }
    return text;
  }

  /** The broker for one account, with its password. */
  public BrokerAddress as(String account) throws IOException {
    Path password = directory.resolve("accounts").resolve(account + ".password");
    return anonymous().withLogin(account, Files.readString(password).strip());
  }

  /** The broker with its authority but no account. */
  public BrokerAddress anonymous() {
    return BrokerAddress.parse("ssl://127.0.0.1:" + port()).withCa(authority());
  }

  public Path authority() {
    return directory.resolve("certs").resolve("ca.crt");
  }

  public int port() {
    return broker.address().port();
  }

  @Override
  public void close() {
    broker.close();
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
