package ndoe.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.devices.mqtt.BrokerAddress;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a broker is reached. */
final class BrokerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--broker",
      required = true,
      paramLabel = "URI",
      description = "tcp://host:port or ssl://host:port.")
  private String uri;

  @Option(
      names = "--broker-username",
      paramLabel = "NAME",
      description = "Account at the broker; none if absent.")
  private String username;

  @Option(
      names = "--broker-password-file",
      paramLabel = "FILE",
      description = "File with the account's password.")
  private Path passwordFile;

  @Option(
      names = "--broker-ca",
      paramLabel = "FILE",
      description = "Authority the broker's certificate is signed by, PEM; only with ssl://.")
  private Path ca;

  BrokerAddress address() {
    return address(command.commandLine(), uri, username, passwordFile, ca);
  }

  /** The broker these options name; nulls where one is absent, except the URI. */
  static BrokerAddress address(
      CommandLine commandLine, String uri, String username, Path passwordFile, Path ca) {
    try {
      BrokerAddress address = BrokerAddress.parse(uri);
      if (ca != null) {
        address = address.withCa(ca);
      }
      if (username != null) {
        String password = passwordFile == null ? "" : Files.readString(passwordFile).strip();
        address = address.withLogin(username, password);
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, "--broker: " + e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(
          commandLine, "--broker-password-file cannot be read: " + passwordFile);
    }
  }
}
