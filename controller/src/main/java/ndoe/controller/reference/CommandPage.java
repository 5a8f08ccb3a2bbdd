package ndoe.controller.reference;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command with its parameters, told from the command line itself. */
final class CommandPage {
  private static final int UNBROKEN = 10_000;
  private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--verbose");

  private final StringBuilder text = new StringBuilder();

  private CommandPage() {}

  /** A page in Markdown. */
  static String of(String title, CommandLine program) {
    CommandPage page = new CommandPage();
    CommandSpec root = program.getCommandSpec();
    page.text.append(title).append("\n\n");
    page.text.append("Every command also takes:\n\n| option | meaning |\n|---|---|\n");
    for (OptionSpec option : root.options()) {
      page.row(String.join(", ", option.names()), option.description());
    }
    page.text.append(
        "\nExit codes, unless a command says otherwise:\n\n| code | meaning |\n|---|---|\n");
    root.usageMessage().exitCodeList().forEach((code, meaning) -> page.row(code, meaning));
    program.getSubcommands().values().stream().distinct().forEach(page::command);
    return page.text.toString();
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    text.append("\n## ").append(spec.qualifiedName()).append("\n\n");
    paragraphs(spec.usageMessage().description());
    spec.usageMessage().width(UNBROKEN);
    text.append("```\n")
        .append(
            new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll(" +", " "))
        .append("\n```\n");
    List<PositionalParamSpec> positional = spec.positionalParameters();
    List<OptionSpec> options =
        spec.options().stream()
            .filter(option -> !option.hidden() && !EVERYWHERE.contains(option.longestName()))
            .toList();
    if (!positional.isEmpty() || !options.isEmpty()) {
      text.append("\n| parameter | meaning |\n|---|---|\n");
      positional.forEach(each -> row(each.paramLabel(), each.description()));
      options.forEach(each -> row(name(each), each.description()));
    }
    footer(spec.usageMessage().footer());
    command.getSubcommands().values().stream().distinct().forEach(this::command);
  }

  private void row(String name, String... meaning) {
    text.append("| `%s` | %s |\n".formatted(name, Cell.of(String.join(" ", meaning))));
  }

  private static String name(OptionSpec option) {
    String names = String.join(", ", option.names());
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return names + value + (option.required() ? " (needed)" : "");
  }

  /** Lines that are indented keep their form. */
  private void paragraphs(String... lines) {
    boolean indented = false;
    for (String line : lines) {
      if (line.startsWith("  ") != indented) {
        indented = !indented;
        text.append("```\n");
      }
      text.append(indented ? line.substring(2) : line).append('\n');
    }
    text.append(indented ? "```\n\n" : "\n");
  }

  private void footer(String... lines) {
    if (lines.length > 0) {
      text.append('\n');
      paragraphs(lines);
      text.setLength(text.length() - 1);
    }
  }
}
