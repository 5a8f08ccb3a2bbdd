package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DssScriptFuzzTest {
  private static final Map<String, Double> RATINGS = Map.of("default", 500.0);
  private static final VoltageLimits LIMITS = new VoltageLimits(0.9, 1.1);

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "")
  @DictionaryFile(resourcePath = "dss.dict")
  void aScriptIsRefusedWithReasonsOrComesBackAsItWasWritten(byte[] bytes) throws IOException {
    Path script = Files.write(folder.resolve("fuzzed.dss"), bytes);
    Problems refusals = new Problems();
    Optional<Feeder> feeder = FeederFile.read(script, 1, LIMITS, RATINGS, refusals);
    assertEquals(feeder.isEmpty(), refusals.count() > 0);
    feeder.ifPresent(FiniteNumbers::assertIn);
    feeder.ifPresent(known -> known.lines().forEach(FiniteNumbers::assertIn));
    Problems problems = new Problems();
    Optional<CircuitScript> circuit = MasterFile.read(script, problems);
    assertEquals(circuit.isEmpty(), problems.count() > 0);
    if (circuit.isPresent()) {
      assertEquals(texts(circuit.get()), texts(readAgain(circuit.get())));
    }
  }

  private static CircuitScript readAgain(CircuitScript circuit) throws IOException {
    Path written = Files.writeString(folder.resolve("written.dss"), circuit.script());
    Problems problems = new Problems();
    Optional<CircuitScript> again = MasterFile.read(written, problems);
    assertTrue(again.isPresent(), () -> circuit.script());
    return again.get();
  }

  private static List<String> texts(CircuitScript circuit) {
    List<String> texts = circuit.statements().stream().map(CircuitScript.Statement::text).toList();
    texts.forEach(text -> assertFalse(text.contains("\n") || text.contains("\r"), text));
    return texts;
  }
}
