package ndoe.cosim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import ndoe.cosim.helics.CoreType;
import ndoe.cosim.opendss.EngineStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeFilesTest {
  private static final NativeFiles.Library ENGINE =
      new NativeFiles.Library("OpenDSS", EngineStart.class, "dss_capi");

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
    NativeFiles files = NativeFiles.of(ENGINE, platform);

    assertEquals(platform.startsWith("win32") ? 3 : 2, files.sha256().size());
    assertEquals(1, files.sha256().keySet().stream().filter(f -> f.contains("dss_capi")).count());
    assertEquals(1, files.sha256().keySet().stream().filter(f -> f.contains("klusolvex")).count());
    files.sha256().values().forEach(hash -> assertTrue(hash.matches("[0-9a-f]{64}"), hash));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86-64", "linux-aarch64", "darwin-x86-64", "darwin-aarch64"})
  void knowsTheCoSimulationLibraryAndItsTransport(String platform) {
    NativeFiles files =
        NativeFiles.of(new NativeFiles.Library("HELICS", CoreType.class, "helics"), platform);

    assertEquals(2, files.sha256().size());
    assertEquals(1, files.sha256().keySet().stream().filter(f -> f.contains("libzmq")).count());
    files.sha256().values().forEach(hash -> assertTrue(hash.matches("[0-9a-f]{64}"), hash));
  }

  @Test
  void tellsWhichPlatformsThereAreOnAnother() {
    NativeLibraryException refusal =
        assertThrows(NativeLibraryException.class, () -> NativeFiles.of(ENGINE, "sunos-sparc"));

    assertTrue(refusal.getMessage().contains("sunos-sparc"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("linux-x86-64"), refusal.getMessage());
  }

  @Test
  void refusesAFileWithAnotherHash() {
    NativeFiles genuine = NativeFiles.ofThisPlatform(ENGINE);
    String solver =
        genuine.sha256().keySet().stream()
            .filter(file -> file.contains("klusolvex"))
            .findFirst()
            .orElseThrow();
    Map<String, String> altered = Map.of(solver, "0".repeat(64));

    NativeLibraryException refusal =
        assertThrows(
            NativeLibraryException.class,
            () -> new NativeFiles(ENGINE, genuine.platform(), altered).unpack());

    assertTrue(refusal.getMessage().contains("SHA-256"), refusal.getMessage());
  }

  @Test
  void tellsWhenTheBuildWasMadeForAnotherPlatform() {
    NativeLibraryException refusal =
        assertThrows(
            NativeLibraryException.class,
            () -> new NativeFiles(ENGINE, "no-such", Map.of("libdss_capi.so", "0")).unpack());

    assertTrue(refusal.getMessage().contains("build it on this machine"), refusal.getMessage());
  }

  @Test
  void keepsWhatItUnpackedForTheNextProcessWhenAsked(@TempDir Path home) throws IOException {
    System.setProperty("ndoe.native", home.resolve("kept").toString());
    try {
      NativeFiles files = NativeFiles.ofThisPlatform(ENGINE);
      NativeFiles.Unpacked first = files.unpack();
      var written = Files.getLastModifiedTime(first.main());

      NativeFiles.Unpacked second = files.unpack();

      assertFalse(first.forThisProcess() || second.forThisProcess());
      assertEquals(first.main(), second.main());
      assertEquals(written, Files.getLastModifiedTime(second.main()));
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
      NativeFiles genuine = NativeFiles.ofThisPlatform(ENGINE);
      Map<String, String> altered = new HashMap<>(genuine.sha256());
      altered.replaceAll((file, hash) -> "0".repeat(64));

      assertThrows(
          NativeLibraryException.class,
          () -> new NativeFiles(ENGINE, genuine.platform(), altered).unpack());

      try (var kept = Files.list(home)) {
        assertEquals(0, kept.count());
      }
    } finally {
      System.clearProperty("ndoe.native");
    }
  }
}
