package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageAdviceTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          runn                  | no command runn; did you mean run?
          RUN                   | no command RUN; did you mean run?
          validat x.yaml        | no command validat; did you mean validate?
          kills                 | no command kills; did you mean ndoe rehearse kills?
          fly                   | no command fly; there are: run, negotiate,
          study uncertanty      | no command uncertanty; did you mean uncertainty?
          run --sped 60         | no option --sped; did you mean --speed
          run --sped=60         | no option --sped; did you mean --speed
          negotiate --fleet f   | no option --fleet; it belongs to ndoe run
          run --bargainin       | no option --bargainin; did you mean --bargaining?
          run a.yaml b.yaml     | ndoe run takes nothing more: "b.yaml"
          run --case nop2 x     | did you mean nop2p
          run --case nobody x   | --case must be one of ndoe, p2p, static, dso, nop2p, central, not "nobody"
          run --cycles many     | --cycles
          init                  | Missing required parameter: 'DIR'
          completion fisch      | must be one of bash, zsh, not "fisch"
          """)
  void saysWhatWasProbablyMeant(String words, String advice) {
    Spoken spoken = Spoken.by((Object[]) words.split(" "));
    assertEquals(2, spoken.exitCode(), spoken.err());
    assertTrue(spoken.err().contains(advice), spoken.err());
  }

  @Test
  void isShortAndSaysWhereToReadOn() {
    Spoken spoken = Spoken.by("study", "scale", "--outt", "x");
    assertTrue(spoken.err().contains("did you mean --out"), spoken.err());
    assertTrue(spoken.err().contains("Try 'ndoe study scale --help'."), spoken.err());
    assertTrue(spoken.err().lines().count() <= 3, spoken.err());
  }
}
