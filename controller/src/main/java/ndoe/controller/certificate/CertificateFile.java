package ndoe.controller.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import ndoe.controller.journal.AtomicFile;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Examination;
import ndoe.cosim.validation.Scrutiny.Outages;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.InvalidInputException.Problem;

/**
 * A certificate, or refusal, read from its file. It depends on nothing but the files it names, the
 * options it states and the engine, so that anyone can have it made again.
 */
public final class CertificateFile {
  private final Path path;
  private final JsonNode root;
  private final List<Problem> problems = new ArrayList<>();

  private CertificateFile(Path path, JsonNode root) {
    this.path = path;
    this.root = root;
  }

  /**
   * Writes a certificate or a refusal; replaces what is there.
   *
   * @param version of this program
   */
  public static void write(
      Path path, Inspection inspection, Examination examination, String version) {
    JsonNode json = CertificateJson.of(inspection, examination, FileNames.folderOf(path), version);
    AtomicFile.write(path, json.toPrettyString() + "\n");
  }

  /**
   * Reads a certificate.
   *
   * @throws InvalidInputException if it is not one
   */
  public static CertificateFile read(Path path) {
    try {
      CertificateFile file =
          new CertificateFile(path, new ObjectMapper().readTree(Files.readString(path)));
      file.requireFormat();
      return file;
    } catch (NoSuchFileException missing) {
      throw refusal(path, 0, "", "there is no such file");
    } catch (JsonProcessingException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
      throw refusal(path, line, "", "not JSON: " + broken.getOriginalMessage());
    } catch (IOException failed) {
      throw refusal(path, 0, "", "cannot be read: " + failed);
    }
  }

  private static InvalidInputException refusal(Path path, int line, String key, String message) {
    return new InvalidInputException(List.of(new Problem(path, line, key, message)));
  }

  private void requireFormat() {
    JsonNode format = root.path("format");
    if (format.asInt() != CertificateJson.FORMAT) {
      throw refusal(
          path,
          0,
          "format",
          "found %s; a certificate that can be verified here has %d"
              .formatted(format.isMissingNode() ? "nothing" : format, CertificateJson.FORMAT));
    }
  }

  /** The files it names. */
  public Inputs inputs() {
    Inputs inputs =
        new Inputs(
            file("scenario").orElseGet(() -> missing("files", "no scenario is named")),
            file("envelopes").orElseGet(() -> missing("files", "no envelopes are named")),
            file("assets"));
    throwProblems();
    return inputs;
  }

  private Optional<Path> file(String role) {
    for (JsonNode file : root.path("files")) {
      if (file.path("role").asText().equals(role)) {
        return Optional.of(FileNames.folderOf(path).resolve(file.path("path").asText()));
      }
    }
    return Optional.empty();
  }

  private Path missing(String key, String message) {
    problems.add(new Problem(path, 0, key, message));
    return path;
  }

  /** What it was tried with. */
  public Options options() {
    Options options =
        new Options(
            wholeNumber("random_points"),
            OptionalLong.of(root.path("options").path("seed").asLong()),
            wholeNumber("search_starts"),
            reactiveFreedom(),
            wholeNumber("forecast_draws"),
            outages());
    throwProblems();
    return options;
  }

  private int wholeNumber(String key) {
    JsonNode node = root.path("options").path(key);
    if (node.canConvertToInt() && node.isIntegralNumber() && node.asInt() >= 0) {
      return node.asInt();
    }
    refuseOption(key, node, "a whole number ≥ 0");
    return 0;
  }

  private double reactiveFreedom() {
    JsonNode node = root.path("options").path("reactive_freedom");
    if (node.isNumber() && node.asDouble() >= 0 && Double.isFinite(node.asDouble())) {
      return node.asDouble();
    }
    refuseOption("reactive_freedom", node, "a number ≥ 0");
    return 0;
  }

  private void refuseOption(String key, JsonNode found, String allowed) {
    String text = found.isMissingNode() ? "nothing" : found.toString();
    problems.add(
        new Problem(path, 0, "options." + key, "found %s; allowed is %s".formatted(text, allowed)));
  }

  private Outages outages() {
    String word = root.path("options").path("asset_outages").asText();
    for (Outages each : Outages.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    refuseOption(
        "asset_outages",
        root.path("options").path("asset_outages"),
        "one of " + Arrays.toString(Outages.values()).toLowerCase(Locale.ROOT));
    return Outages.IGNORED;
  }

  private void throwProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Whether it says that nothing breaks a limit. */
  public boolean certified() {
    return root.path("certified").asBoolean();
  }

  /**
   * What does not agree with the files and a new examination, one line each; the examination is
   * left out when files differ. Real numbers may differ by rounding.
   *
   * @param version of this program
   */
  public List<String> mismatches(
      Inspection inspection, AcValidator judge, AcValidator.Progress progress, String version) {
    Path folder = FileNames.folderOf(path);
    List<String> differentFiles =
        FileDifferences.of(root.path("files"), CertificateJson.files(inspection, folder));
    if (!differentFiles.isEmpty()) {
      return differentFiles;
    }
    Examination examination = inspection.examine(judge, progress);
    List<String> differences =
        new ArrayList<>(
            Differences.between(
                root, CertificateJson.of(inspection, examination, folder, version)));
    String maker = root.path("ndoe").asText();
    if (!differences.isEmpty() && !maker.equals(version)) {
      differences.add(
          "it was made by ndoe %s, this is %s, which may try other points"
              .formatted(maker, version));
    }
    return differences;
  }
}
