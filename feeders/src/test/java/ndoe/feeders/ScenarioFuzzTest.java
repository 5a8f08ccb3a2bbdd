package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ScenarioFuzzTest {
  @TempDir static Path folder;

  private static Path path;

  @BeforeAll
  static void writeTheFilesAScenarioNames() {
    path = new SmallScenario(folder).path();
  }

  @FuzzTest(maxDuration = "")
  @DictionaryFile(resourcePath = "scenario.dict")
  void aScenarioIsRefusedWithReasonsOrIsFinite(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      FiniteNumbers.assertIn(ScenarioFile.read(YamlFile.parse(path, text)));
    } catch (InvalidInputException refused) {
      assertFalse(refused.problems().isEmpty());
      refused.problems().forEach(problem -> assertFalse(problem.message().isBlank()));
    } catch (IllegalStateException noEngine) {
      // The module that has OpenDSS is above this one.
      assumeFalse(noEngine.getMessage().startsWith("no OpenDSS engine"));
      throw noEngine;
    }
  }
}
