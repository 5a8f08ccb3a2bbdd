package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  @Test
  void suggestsWhatIsOneSlipAway() {
    List<String> keys = List.of("battery", "peak_kw", "profile", "bus");
    assertEquals("did you mean battery?", NearNames.advice("batery", keys));
    assertEquals("did you mean peak_kw?", NearNames.advice("peak_kW", keys));
    assertEquals("did you mean profile?", NearNames.advice("porfile", keys));
    assertEquals("did you mean bus?", NearNames.advice("bsu", keys));
  }

  @Test
  void listsWhatIsAllowedWhenNothingIsNear() {
    assertEquals("allowed: a, b", NearNames.advice("something", List.of("a", "b")));
    assertEquals("none is allowed here", NearNames.advice("something", List.of()));
  }

  @Test
  void countsLettersAddedLeftOutReplacedAndSwapped() {
    assertEquals(0, NearNames.distance("Load", "load"));
    assertEquals(1, NearNames.distance("laod", "load"));
    assertEquals(1, NearNames.distance("loa", "load"));
    assertEquals(3, NearNames.distance("kitten", "sitting"));
  }
}
