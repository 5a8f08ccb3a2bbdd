package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
  static final Path REFERENCE = Path.of("ieee33/ieee33-improved.yaml");

  @Test
  void readsTheReferenceScenario() {
    assertEquals(8, ScenarioFile.read(REFERENCE).prosumers().size());
  }
}
