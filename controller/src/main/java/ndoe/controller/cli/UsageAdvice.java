package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.feeders.NearNames;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was probably meant by a command, option or value that there is not. */
final class UsageAdvice {
  private final CommandLine command;

  private UsageAdvice(CommandLine command) {
    this.command = command;
  }

  /** Says what is wrong and where to read on; the whole usage text would hide it. */
  static int tell(ParameterException e) {
    CommandLine command = e.getCommandLine();
    UsageAdvice advice = new UsageAdvice(command);
    PrintWriter err = command.getErr();
    // A mistyped name also leaves the right one missing: then that is what to say.
    List<String> unknown =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : e instanceof MissingParameterException ? command.getUnmatchedArguments() : List.of();
    List<String> lines =
        unknown.isEmpty()
            ? List.of(advice.value(e).orElse(e.getMessage()))
            : advice.unmatched(unknown);
    lines.forEach(line -> err.println("ndoe: " + line));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private List<String> unmatched(List<String> words) {
    List<String> lines = new ArrayList<>();
    for (String word : words) {
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      if (name.startsWith("-") && name.length() > 1) {
        lines.add("no option %s; %s".formatted(name, option(name)));
        if (!command.getSubcommands().isEmpty()) {
          break; // what follows belongs to it
        }
      } else if (!command.getSubcommands().isEmpty()) {
        lines.add("no command %s; %s".formatted(word, subcommand(word)));
        break; // what follows belongs to it
      } else {
        lines.add(
            "%s takes nothing more: \"%s\""
                .formatted(command.getCommandSpec().qualifiedName(), word));
      }
    }
    return lines;
  }

  private String option(String name) {
    Set<String> own = new LinkedHashSet<>();
    command.getCommandSpec().options().forEach(o -> own.addAll(List.of(o.names())));
    String advice = NearNames.advice(name, own);
    if (advice.startsWith("did you mean")) {
      return advice;
    }
    List<String> others =
        all(root())
            .filter(spec -> spec.findOption(name) != null)
            .map(CommandSpec::qualifiedName)
            .limit(3)
            .toList();
    return others.isEmpty() ? advice : "it belongs to " + String.join(", ", others);
  }

  private String subcommand(String word) {
    Set<String> own = command.getSubcommands().keySet();
    String advice = NearNames.advice(word, own);
    if (advice.startsWith("did you mean")) {
      return advice;
    }
    List<String> elsewhere =
        all(root())
            .filter(spec -> spec.name().equals(word.toLowerCase(Locale.ROOT)))
            .map(CommandSpec::qualifiedName)
            .toList();
    return elsewhere.isEmpty()
        ? "there are: " + String.join(", ", own)
        : "did you mean " + String.join(" or ", elsewhere) + "?";
  }

  /** For a value that is none of a few. */
  private Optional<String> value(ParameterException e) {
    ArgSpec argument = e.getArgSpec();
    if (argument == null || e.getValue() == null || !argument.typeInfo().isEnum()) {
      return Optional.empty();
    }
    Set<String> allowed =
        argument.typeInfo().getEnumConstantNames().stream()
            .map(constant -> constant.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    String advice = NearNames.advice(e.getValue(), allowed);
    // What reads the value itself knows better how the values are written.
    String problem =
        e.getMessage().contains("expected one of")
            ? "%s must be one of %s, not \"%s\""
                .formatted(name, String.join(", ", allowed), e.getValue())
            : e.getMessage();
    return Optional.of(advice.startsWith("did you mean") ? problem + "; " + advice : problem);
  }

  private CommandSpec root() {
    return command.getCommandSpec().root();
  }

  private static Stream<CommandSpec> all(CommandSpec parent) {
    return parent.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .flatMap(child -> Stream.concat(Stream.of(child), all(child)));
  }
}
