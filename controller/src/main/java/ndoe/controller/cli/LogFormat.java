package ndoe.controller.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** How the log is written to standard error; chosen before the first word of it. */
enum LogFormat {
  /** A line for people. */
  TEXT("org.slf4j.simple.SimpleServiceProvider"),
  /** A JSON object a line for programs, see {@link LogLines}. */
  JSON("org.slf4j.jul.JULServiceProvider");

  static final String OPTION = "--log-format";
  static final String VARIABLE = "NDOE_LOG_FORMAT";

  private final String provider;

  LogFormat(String provider) {
    this.provider = provider;
  }

  /**
   * What the arguments ask for, else the environment; text if neither does or it is none, which the
   * command line says of its arguments.
   */
  static LogFormat of(String[] arguments, Optional<String> environment) {
    Optional<String> asked = environment;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(OPTION + "=")) {
        asked = Optional.of(arguments[i].substring(OPTION.length() + 1));
      } else if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
        asked = Optional.of(arguments[i + 1]);
      }
    }
    return asked.flatMap(LogFormat::named).orElse(TEXT);
  }

  /** Of that name, in any case. */
  static Optional<LogFormat> named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** Lets the log be written like this; without effect once something was logged. */
  void use(boolean verbose) {
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", provider);
    if (this == TEXT && verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
      System.setProperty("org.slf4j.simpleLogger.log.ndoe", "debug");
    }
    if (this == JSON) {
      Loggers.use(verbose);
    }
  }

  /** The JDK’s own log; apart, because a text log has no need to load it. */
  private static final class Loggers {
    /** Kept, because their settings would be forgotten with the last reference to them. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("ndoe");
    private static final Logger BROKER = Logger.getLogger("org.apache.activemq");
    private static final Logger SOCKETS = Logger.getLogger("io.netty");

    private Loggers() {}

    private static void use(boolean verbose) {
      LogManager.getLogManager().reset();
      Handler handler = new ConsoleHandler();
      handler.setFormatter(new LogLines());
      handler.setLevel(Level.ALL);
      ROOT.addHandler(handler);
      ROOT.setLevel(verbose ? Level.INFO : Level.SEVERE);
      OURS.setLevel(verbose ? Level.FINE : Level.WARNING);
      BROKER.setLevel(Level.OFF);
      SOCKETS.setLevel(Level.OFF);
    }
  }
}
