package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import ndoe.cosim.powerflow.PowerFlowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeFilesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-x86-64",
        "linux-aarch64",
        "darwin-x86-64",
        "darwin-aarch64",
        "win32-x86-64"
      })
  void knowsEngineAndSparseSolverOfEachPlatform(String platform) {
    NativeFiles files = NativeFiles.of(platform);

    assertEquals(platform.startsWith("win32") ? 3 : 2, files.sha256().size());
    assertEquals(1, files.sha256().keySet().stream().filter(f -> f.contains("dss_capi")).count());
    assertEquals(1, files.sha256().keySet().stream().filter(f -> f.contains("klusolvex")).count());
    files.sha256().values().forEach(hash -> assertTrue(hash.matches("[0-9a-f]{64}"), hash));
  }

  @Test
  void tellsWhichPlatformsThereAreOnAnother() {
    PowerFlowException refusal =
        assertThrows(PowerFlowException.class, () -> NativeFiles.of("sunos-sparc"));

    assertTrue(refusal.getMessage().contains("sunos-sparc"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("linux-x86-64"), refusal.getMessage());
  }

  @Test
  void refusesAFileWithAnotherHash() {
    NativeFiles genuine = NativeFiles.ofThisPlatform();
    String solver =
        genuine.sha256().keySet().stream()
            .filter(file -> file.contains("klusolvex"))
            .findFirst()
            .orElseThrow();
    Map<String, String> altered = Map.of(solver, "0".repeat(64));

    PowerFlowException refusal =
        assertThrows(
            PowerFlowException.class, () -> new NativeFiles(genuine.platform(), altered).unpack());

    assertTrue(refusal.getMessage().contains("SHA-256"), refusal.getMessage());
  }

  @Test
  void tellsWhenTheBuildWasMadeForAnotherPlatform() {
    PowerFlowException refusal =
        assertThrows(
            PowerFlowException.class,
            () -> new NativeFiles("no-such", Map.of("libdss_capi.so", "0")).unpack());

    assertTrue(refusal.getMessage().contains("build it on this machine"), refusal.getMessage());
  }

  @Test
  void keepsWhatItUnpackedForTheNextProcessWhenAsked(@TempDir Path home) throws IOException {
    System.setProperty("ndoe.native", home.resolve("kept").toString());
    try {
      NativeFiles files = NativeFiles.ofThisPlatform();
      NativeFiles.Unpacked first = files.unpack();
      var written = Files.getLastModifiedTime(first.engine());

      NativeFiles.Unpacked second = files.unpack();

      assertFalse(first.forThisProcess() || second.forThisProcess());
      assertEquals(first.engine(), second.engine());
      assertEquals(written, Files.getLastModifiedTime(second.engine()));
      try (var kept = Files.list(home.resolve("kept"))) {
        assertEquals(1, kept.count());
      }
    } finally {
      System.clearProperty("ndoe.native");
    }
  }

  @Test
  void keepsNothingThatIsNotWhatItShouldBe(@TempDir Path home) throws IOException {
    System.setProperty("ndoe.native", home.toString());
    try {
      NativeFiles genuine = NativeFiles.ofThisPlatform();
      Map<String, String> altered = new HashMap<>(genuine.sha256());
      altered.replaceAll((file, hash) -> "0".repeat(64));

      assertThrows(
          PowerFlowException.class, () -> new NativeFiles(genuine.platform(), altered).unpack());

      try (var kept = Files.list(home)) {
        assertEquals(0, kept.count());
      }
    } finally {
      System.clearProperty("ndoe.native");
    }
  }
}
