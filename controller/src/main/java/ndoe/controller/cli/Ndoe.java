package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import ndoe.controller.journal.RunFolderException;
import ndoe.devices.DeviceLinkException;
import ndoe.feeders.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The program {@code ndoe}. */
@Command(
    name = "ndoe",
    description = "Negotiated dynamic operating envelopes: agree, prove safe, dispatch, measure.",
    subcommands = {
      RunCommand.class,
      NegotiateCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      ValidateCommand.class,
      EmulateCommand.class,
      StudyCommand.class,
      BenchCommand.class,
      ScanCommand.class,
      CommissionCommand.class,
      StopCommand.class,
      ServeCommand.class,
      ScpiCommand.class,
      EmulateGridCommand.class,
      FederateCommand.class,
      AgentCommand.class,
      RehearseCommand.class,
      InitCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      ReferenceCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Ndoe.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of this program",
      "2:bad input or usage; nothing was started",
      "3:not certified, or a limit was broken",
      "4:a device or broker could not be reached",
      "5:the run folder could not be written; every device was left at its default"
    })
public final class Ndoe {
  static final int DEFECT = 1;
  static final int BAD_INPUT = 2;
  static final int NOT_SECURE = 3;
  static final int UNREACHABLE = 4;
  static final int UNRECORDED = 5;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and more of what happens.")
  private boolean verbose;

  @Option(
      names = LogFormat.OPTION,
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      defaultValue = "${env:" + LogFormat.VARIABLE + ":-text}",
      description =
          "How the log is written to standard error: text, or json for one object a line. Default:"
              + " the environment’s "
              + LogFormat.VARIABLE
              + ", else text.")
  private LogFormat logFormat;

  private Ndoe() {}

  public static void main(String[] arguments) {
    LogFormat.of(arguments, Optional.ofNullable(System.getenv(LogFormat.VARIABLE)))
        .use(Arrays.asList(arguments).contains("--verbose"));
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, ready to execute; for {@link #main} and for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new Ndoe())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, words) -> UsageAdvice.tell(e))
        .setExecutionExceptionHandler(Ndoe::explain);
  }

  /** Where the project is, for the reference scenario. */
  static Path home() {
    return Path.of(System.getProperty("ndoe.home", "."));
  }

  static String version() {
    return Optional.ofNullable(Ndoe.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"ndoe " + version()};
    }
  }

  /** A folder for the result that cannot be used; nothing was started. */
  static final class UnusableFolderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnusableFolderException(RunFolderException cause) {
      super(cause.getMessage(), cause);
    }
  }

  static <T> T opened(Supplier<T> folder) {
    try {
      return folder.get();
    } catch (RunFolderException e) {
      throw new UnusableFolderException(e);
    }
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof InvalidInputException invalid) {
      invalid.problems().forEach(problem -> err.println("ndoe: " + problem));
    } else if (e instanceof UnusableFolderException
        || e instanceof RunFolderException
        || e instanceof DeviceLinkException) {
      err.println("ndoe: " + e.getMessage());
    } else {
      err.println(
          "ndoe: this is a defect of ndoe, please report it with the output of --verbose: " + e);
    }
    if (command.getCommandSpec().root().userObject() instanceof Ndoe ndoe && ndoe.verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    if (e instanceof InvalidInputException || e instanceof UnusableFolderException) {
      return BAD_INPUT;
    }
    if (e instanceof RunFolderException) {
      return UNRECORDED;
    }
    return e instanceof DeviceLinkException ? UNREACHABLE : DEFECT;
  }
}
