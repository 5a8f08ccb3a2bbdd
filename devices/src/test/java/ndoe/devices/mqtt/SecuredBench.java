package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secured broker of the lab set-up, made by its script. */
final class SecuredBench {
  private static final Path SET_UP = Path.of("../lab-setup/mosquitto").toAbsolutePath();

  private SecuredBench() {}

  /** Skips the test, and says so, where Mosquitto or OpenSSL is missing. */
  static void assumeInstalled() {
    boolean installed = SecuredMosquitto.isInstalled();
    if (!installed) {
      System.out.println("SKIPPED: no mosquitto or openssl on the path, no secured broker tested");
    }
    assumeTrue(installed, "no mosquitto or openssl on the path");
  }

  /** Runs the script in a directory and starts the broker in it. */
  static SecuredMosquitto start(Path directory, String... accounts) throws IOException {
    return start(directory, SET_UP.resolve("acl"), accounts);
  }

  /** The same with another access list. */
  static SecuredMosquitto start(Path directory, Path acl, String... accounts) throws IOException {
    return SecuredMosquitto.start(SET_UP, directory, Files.readAllLines(acl), accounts);
  }

  /** Runs the script; fails with what it says. */
  static String secure(Path directory, String broker, String... accounts) throws IOException {
    return SecuredMosquitto.secure(SET_UP, directory, broker, accounts);
  }
}
