package ndoe.controller.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of {@code docs/tutorials}: what it tells its reader to type. */
record Tutorial(Path page, List<String> blocks) {
  private static final Path FOLDER = Path.of("docs", "tutorials");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern HERE = Pattern.compile("<<'(\\w+)'");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  Tutorial {
    blocks = List.copyOf(blocks);
  }

  static Tutorial read(String name) {
    Path page = FOLDER.resolve(name);
    try {
      return new Tutorial(
          page,
          BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All but the page that lists them. */
  static List<Tutorial> all() {
    try (Stream<Path> pages = Files.list(FOLDER)) {
      return pages
          .filter(page -> !page.endsWith("README.md"))
          .sorted()
          .map(page -> read(page.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each line to type as words, quotes taken off; what goes into a file is left out. */
  List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    for (String block : blocks) {
      String end = "";
      for (String line : block.lines().toList()) {
        if (!end.isEmpty()) {
          end = line.equals(end) ? "" : end;
          continue;
        }
        Matcher here = HERE.matcher(line);
        end = here.find() ? here.group(1) : "";
        List<String> words = words(here.replaceAll(""));
        if (!words.isEmpty()) {
          commands.add(words);
        }
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(MatchResult::group)
        .map(word -> word.replaceAll("^(['\"])(.*)\\1$", "$2"))
        .toList();
  }

  @Override
  public String toString() {
    return page.getFileName().toString();
  }
}
