package ndoe.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.devices.mqtt.BrokerNodes;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a broker, or a cluster of them, is reached. */
final class BrokerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--broker",
      required = true,
      paramLabel = "URI",
      description =
          "tcp://host:port or ssl://host:port; of a cluster several, separated by commas: the first"
              + " that answers, then the next when that one is lost.")
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

  BrokerNodes nodes() {
    return nodes(command.commandLine(), uri, username, passwordFile, ca);
  }

  /** The broker these options name; nulls where one is absent, except the URI. */
  static BrokerNodes nodes(
      CommandLine commandLine, String uri, String username, Path passwordFile, Path ca) {
    try {
      BrokerNodes nodes = BrokerNodes.parse(uri);
      if (ca != null) {
        nodes = nodes.withCa(ca);
      }
      if (username != null) {
        String password = passwordFile == null ? "" : Files.readString(passwordFile).strip();
        nodes = nodes.withLogin(username, password);
      }
      return nodes;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, "--broker: " + e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(
          commandLine, "--broker-password-file cannot be read: " + passwordFile);
    }
  }
}
