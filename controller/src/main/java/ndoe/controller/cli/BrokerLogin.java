package ndoe.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.devices.mqtt.BrokerNodes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to log in at a broker, whichever it is. */
class BrokerLogin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /** The broker at a URI, or the cluster at several, reached with this login. */
  final BrokerNodes at(String uri) {
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
      throw new ParameterException(command.commandLine(), "--broker: " + e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(), "--broker-password-file cannot be read: " + passwordFile);
    }
  }
}
