package ndoe.controller.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.controller.web.WebSettings;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the live page is to be had. */
final class WebOptions {
  static final Set<String> NAMES =
      Set.of("--web", "--web-keystore", "--web-keystore-password-file", "--web-password-file");

  private static final int LAST_PORT = 65_535;

  /** A port alone, or a numeric address or {@code localhost} before it. */
  private static final Pattern PLACE =
      Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|\\d+(?:\\.\\d+){3}|localhost):)?(\\d{1,9})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--web",
      arity = "0..1",
      paramLabel = "[ADDRESS:]PORT",
      parameterConsumer = PlaceIfOne.class,
      description =
          "Show the run on a web page, on this port of loopback or of another address; a port the"
              + " system chooses if it is 0 or absent. The address that is printed holds a secret:"
              + " who has it controls the run. Another one is printed for looking only.")
  private String place;

  @Option(
      names = "--web-keystore",
      paramLabel = "FILE",
      description =
          "PKCS12 with key and certificate, for TLS; needed for any address but loopback.")
  private Path keystore;

  @Option(
      names = "--web-keystore-password-file",
      paramLabel = "FILE",
      description = "File with the password of --web-keystore; nobody else may be able to read it.")
  private Path keystorePasswordFile;

  @Option(
      names = "--web-password-file",
      paramLabel = "FILE",
      description =
          "File with the password to control the run and, on a second line if wanted, one to look"
              + " only; 12 characters or more each. Nobody else may be able to read it.")
  private Path passwordFile;

  /** Throws ParameterException unless the options go together. */
  void check() {
    settings();
  }

  /** Empty unless the page was asked for. */
  Optional<WebSettings> settings() {
    boolean secured = keystore != null || keystorePasswordFile != null || passwordFile != null;
    if (place == null) {
      if (secured) {
        throw problem("--web-keystore and the files that go with it need --web");
      }
      return Optional.empty();
    }
    return Optional.of(settings(place, secured));
  }

  /** As asked for, or on any port of loopback. */
  WebSettings settingsOrLoopback() {
    boolean secured = keystore != null || keystorePasswordFile != null || passwordFile != null;
    return settings(place == null ? "0" : place, secured);
  }

  private WebSettings settings(String where, boolean secured) {
    if (secured && (keystore == null || keystorePasswordFile == null || passwordFile == null)) {
      throw problem(
          "--web-keystore, --web-keystore-password-file and --web-password-file go together");
    }
    Matcher parts = PLACE.matcher(where);
    if (!parts.matches()) {
      throw problem("--web must be a port, or a numeric address and a port: " + where);
    }
    int port = Integer.parseInt(parts.group(2));
    if (port > LAST_PORT) {
      throw problem("--web must be a port from 0 to %d: %d".formatted(LAST_PORT, port));
    }
    try {
      return new WebSettings(
          parts.group(1) == null
              ? InetAddress.getLoopbackAddress()
              : InetAddress.getByName(parts.group(1)),
          port,
          secured
              ? Optional.of(new WebSettings.Security(keystore, keystorePasswordFile, passwordFile))
              : Optional.empty());
    } catch (UnknownHostException e) {
      throw problem("--web: " + where + " is no address");
    } catch (IllegalArgumentException e) {
      throw problem("--web: " + e.getMessage());
    }
  }

  private ParameterException problem(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** What follows is the place if it looks like one, else something else such as the scenario. */
  static final class PlaceIfOne implements IParameterConsumer {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli’s own type
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec spec) {
      boolean given = !words.isEmpty() && PLACE.matcher(words.peek()).matches();
      option.setValue(given ? words.pop() : "0");
    }
  }
}
