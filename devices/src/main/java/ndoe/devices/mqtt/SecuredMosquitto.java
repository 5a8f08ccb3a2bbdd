package ndoe.devices.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;

/**
 * The secured broker of the lab set-up, made by its script, with its configuration; only the port
 * is another.
 */
public final class SecuredMosquitto implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("openssl", "mosquitto_passwd", "sh");
  private static final long SCRIPT_SECONDS = 60;

  private final Path directory;
  private final Mosquitto broker;

  private SecuredMosquitto(Path directory, Mosquitto broker) {
    this.directory = directory;
    this.broker = broker;
  }

  /** Whether everything it needs is on the path. */
  public static boolean isInstalled() {
    return Mosquitto.executable().isPresent()
        && PROGRAMS.stream().allMatch(SecuredMosquitto::onPath);
  }

  /**
   * Runs the script in an empty directory and starts the broker in it.
   *
   * @param setUp {@code lab-setup/mosquitto}
   * @param accessList lines of the access list file
   * @param accounts besides that of the controller
   * @throws DeviceLinkException with what the script or the broker says
   */
  public static SecuredMosquitto start(
      Path setUp, Path directory, List<String> accessList, String... accounts) {
    try {
      Files.write(directory.resolve("acl"), accessList);
      secure(setUp, directory, "127.0.0.1", accounts);
      List<String> lines =
          Files.readAllLines(setUp.resolve("secured.conf")).stream()
              .filter(line -> !line.startsWith("listener "))
              .toList();
      return new SecuredMosquitto(directory, Mosquitto.start(directory, lines));
    } catch (IOException e) {
      throw new DeviceLinkException("the broker cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Runs the script; returns what it says.
   *
   * @throws DeviceLinkException with what it says if it fails
   */
  public static String secure(Path setUp, Path directory, String broker, String... accounts)
      throws IOException {
    ProcessBuilder script = new ProcessBuilder("sh", setUp.resolve("secure.sh").toString(), broker);
    script.command().addAll(List.of(accounts));
    Path said = directory.resolve("said");
    Process process =
        script
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DeviceLinkException("secure.sh does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted while secure.sh runs", e);
    }
    String text = Files.readString(said);
    if (process.exitValue() != 0) {
      throw new DeviceLinkException(text);
    }
    return text;
  }

  /** The broker for one account, with its password. */
  public BrokerAddress as(String account) {
    Path password = directory.resolve("accounts").resolve(account + ".password");
    try {
      return anonymous().withLogin(account, Files.readString(password).strip());
    } catch (IOException e) {
      throw new DeviceLinkException("there is no account " + account, e);
    }
  }

  /** The broker with its authority but no account. */
  public BrokerAddress anonymous() {
    return BrokerAddress.parse("ssl://127.0.0.1:" + broker.port()).withCa(authority());
  }

  public Path authority() {
    return directory.resolve("certs").resolve("ca.crt");
  }

  public int port() {
    return broker.port();
  }

  /** The process, to be stopped and started again. */
  public Mosquitto process() {
    return broker;
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
