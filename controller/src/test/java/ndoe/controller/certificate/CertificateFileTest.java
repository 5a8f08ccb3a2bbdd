package ndoe.controller.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import ndoe.feeders.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class CertificateFileTest {
  @TempDir Path folder;

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("certificate.json"), text);
  }

  private static void assertRefused(String why, Executable reading) {
    InvalidInputException refusal = assertThrows(InvalidInputException.class, reading);
    String all =
        refusal.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    assertTrue(all.contains(why), all);
  }

  @Test
  void refusesWhatIsNoCertificate() throws IOException {
    assertRefused("no such file", () -> CertificateFile.read(folder.resolve("none.json")));
    Path broken = written("{\"format\": 1,\n \"files\": [}");
    assertRefused("certificate.json:2: not JSON", () -> CertificateFile.read(broken));
    Path other = written("{\"format\": 7}");
    assertRefused("format: found 7", () -> CertificateFile.read(other));
    Path empty = written("");
    assertRefused("format: found nothing", () -> CertificateFile.read(empty));
  }

  @Test
  void namesEveryOptionThatCannotBe() throws IOException {
    CertificateFile file =
        CertificateFile.read(
            written(
                "{\"format\": 1, \"options\": {\"random_points\": -1, \"seed\": 3,"
                    + " \"search_starts\": 2, \"reactive_freedom\": \"much\","
                    + " \"forecast_draws\": 1, \"asset_outages\": \"maybe\"}}"));
    assertRefused("options.random_points: found -1; allowed is a whole", file::options);
    CertificateFile again = CertificateFile.read(folder.resolve("certificate.json"));
    InvalidInputException refusal = assertThrows(InvalidInputException.class, again::options);
    assertEquals(3, refusal.problems().size());
    assertRefused("no envelopes are named", file::inputs);
  }

  @Test
  void findsFilesAsSeenFromItsOwnFolder() throws IOException {
    CertificateFile file =
        CertificateFile.read(
            written(
                "{\"format\": 1, \"files\": [{\"role\": \"scenario\", \"path\": \"day.yaml\"},"
                    + "{\"role\": \"envelopes\", \"path\": \"../envelopes.csv\"}]}"));
    assertEquals(folder.resolve("day.yaml"), file.inputs().scenario());
    assertEquals(
        folder.getParent().resolve("envelopes.csv"), file.inputs().envelopes().normalize());
    assertEquals(List.of(), file.inputs().assets().stream().toList());
  }
}
