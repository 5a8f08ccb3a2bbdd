package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("bashIsThere")
class CompletionCommandIT {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path temp;

  static boolean bashIsThere() {
    return Files.isExecutable(BASH);
  }

  /** What bash offers for the last word. */
  private Set<String> offered(String... words) throws IOException, InterruptedException {
    Spoken spoken = Spoken.by("completion", "bash");
    assertEquals(0, spoken.exitCode(), spoken.err());
    Path script = Files.writeString(temp.resolve("completion"), spoken.out());
    String asked =
        """
        source '%s' || exit 1
        compopt() { :; } # of bash itself only while it completes
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_ndoe
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(
                script,
                Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" ")));
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", asked)
            .redirectErrorStream(true)
            .start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(60, TimeUnit.SECONDS), answer);
    assertEquals(0, bash.exitValue(), answer);
    return answer.lines().map(String::strip).collect(Collectors.toSet());
  }

  @Test
  void completesCommandsOptionsAndValues() throws IOException, InterruptedException {
    assertEquals(Set.of("doctor"), offered("ndoe", "doc"));
    assertTrue(offered("ndoe", "").containsAll(List.of("run", "check", "init", "study")));
    assertTrue(offered("ndoe", "study", "").contains("uncertainty"));
    assertTrue(offered("ndoe", "run", "--s").contains("--speed"));
    assertTrue(offered("ndoe", "completion", "").contains("BASH"));
  }
}
