package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import ndoe.controller.web.WebSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

class WebOptionsTest {
  @Command(name = "test")
  private static final class Line {
    @Mixin private WebOptions web;

    @Parameters(arity = "0..1")
    private String scenario;
  }

  private static Line parsed(String... words) {
    Line line = new Line();
    new CommandLine(line).parseArgs(words);
    return line;
  }

  private static WebSettings settings(String... words) {
    return parsed(words).web.settings().orElseThrow();
  }

  @Test
  void isOnLoopbackOnAnyPortUnlessToldOtherwise() {
    assertEquals(Optional.empty(), parsed("day.yaml").web.settings());
    assertTrue(settings("--web").address().isLoopbackAddress());
    assertEquals(0, settings("--web").port());
    assertEquals(8443, settings("--web", "8443").port());
    assertEquals(8443, settings("--web=localhost:8443").port());
    assertTrue(settings("--web", "[::1]:8443").address().isLoopbackAddress());
    Line before = parsed("--web", "day.yaml");
    assertEquals("day.yaml", before.scenario);
    assertEquals(0, before.web.settings().orElseThrow().port());
  }

  @Test
  void refusesOtherAddressesWithoutTlsAndPasswordInOneLine() {
    for (String place : new String[] {"0.0.0.0:8443", "192.0.2.7:8443", "[::]:8443"}) {
      Spoken refused = Spoken.by("run", "--web", place);
      assertEquals(Ndoe.BAD_INPUT, refused.exitCode(), refused.err());
      assertTrue(refused.err().lines().findFirst().orElseThrow().contains("--web-keystore"));
    }
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    for (String[] words :
        new String[][] {
          {"--web-keystore", "a.p12"},
          {"--web", "--web-keystore", "a.p12"},
          {"--web", "--web-keystore", "a.p12", "--web-password-file", "b"},
          {"--web", "127.0.0.1:70000"}
        }) {
      WebOptions web = parsed(words).web;
      assertThrows(ParameterException.class, web::check, String.join(" ", words));
    }
  }
}
