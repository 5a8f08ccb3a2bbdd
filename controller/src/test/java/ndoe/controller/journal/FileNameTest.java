package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "ieee33-improved, ieee33-improved",
    "'a day/in June', a-day-in-June",
    "../../etc/passwd, etc-passwd",
    "'</script><b>x', script-b-x",
    "..., run",
    "'', run",
    "Größe, Gr-e"
  })
  void makesScenarioNamesReadablePathElements(String name, String expected) {
    assertEquals(expected, FileName.readable(name));
  }

  @Test
  void cutsLongNames() {
    assertTrue(FileName.readable("x".repeat(500)).length() <= 60);
  }

  @Test
  void keepsDifferentIdsApart() {
    assertEquals("P18", FileName.unique("P18"));
    assertNotEquals(FileName.unique("a/b"), FileName.unique("a:b"));
    assertNotEquals(FileName.unique("a/b"), FileName.unique("a%2Fb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "C:\\x", "nul.", "ä", "a b"})
  void writesIdsWithNothingAPathCouldMisread(String id) {
    assertTrue(FileName.unique(id).matches("[A-Za-z0-9_%-]+"), FileName.unique(id));
  }
}
