package ndoe.controller.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Files that are not those a certificate was made for. */
final class FileDifferences {
  private FileDifferences() {}

  static List<String> of(JsonNode certified, JsonNode found) {
    List<String> differences = new ArrayList<>();
    for (int file = 0; file < Math.max(certified.size(), found.size()); file++) {
      JsonNode then = certified.path(file);
      JsonNode now = found.path(file);
      String thenSha = then.path("sha256").asText("none");
      String nowSha = now.path("sha256").asText("none");
      boolean same =
          then.path("role").asText().equals(now.path("role").asText()) && thenSha.equals(nowSha);
      if (!same) {
        differences.add(
            "file %s (%s): SHA-256 is %s, the certificate is for %s"
                .formatted(
                    now.path("path").asText(then.path("path").asText()),
                    now.path("role").asText(then.path("role").asText()),
                    nowSha,
                    thenSha));
      }
    }
    return differences;
  }
}
