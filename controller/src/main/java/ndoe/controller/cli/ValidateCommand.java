package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import ndoe.controller.certificate.CertificateFile;
import ndoe.controller.certificate.Inputs;
import ndoe.controller.certificate.Inspection;
import ndoe.controller.certificate.Options;
import ndoe.cosim.opendss.EngineStart;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Examination;
import ndoe.cosim.validation.Repair;
import ndoe.feeders.EnvelopePlanFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description =
        "Judge envelopes on the AC feeder: corners, the plan, random points, a search for the worst"
            + " case and forecast errors in every interval. Exit code 0 when certified (with"
            + " --repair: when certified after shrinking; with --verify: when the certificate still"
            + " holds), else 3.")
final class ValidateCommand implements Callable<Integer> {
  private final AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);

  @Spec private CommandSpec command;
  @Mixin private ScrutinyOptions scrutiny;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Scenario file; may be left out with --verify.")
  private Path scenarioFile;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ENVELOPES",
      description = "Envelope file, envelopes.csv; may be left out with --verify.")
  private Path envelopesFile;

  @Option(
      names = "--assets",
      paramLabel = "FILE",
      description =
          "Schedules of the operator's assets; dso-assets.csv beside the envelopes if there, else"
              + " all assets are idle.")
  private Path assetsFile;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Write what was tried and found, as JSON; with --repair --out of the repaired envelopes.")
  private Path certificateFile;

  @Option(
      names = "--verify",
      paramLabel = "CERTIFICATE",
      description =
          "Check a certificate: the same files, and the same found when tried again as it says."
              + " Nothing else is done.")
  private Path verified;

  @Option(
      names = "--repair",
      description = "When refused, find the smallest uniform shrink that is certified.")
  private boolean repair;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where --repair writes the envelopes it found.")
  private Path repairedFile;

  @Override
  public Integer call() {
    Options options = scrutiny.checked(command.commandLine());
    checkUsage();
    PrintWriter out = command.commandLine().getOut();
    if (verified != null) {
      return verify(out);
    }
    Inspection inspection = read(new Inputs(scenarioFile, envelopesFile, assets(out)), options);
    Examination examination = examine(inspection, out);
    if (repair) {
      return repair(inspection, examination, out);
    }
    writeCertificate(inspection, examination, out);
    return exitCode(examination);
  }

  /** Reads the files while the engine is loaded. */
  @SuppressWarnings("try")
  private static Inspection read(Inputs inputs, Options options) {
    try (EngineStart engine = EngineStart.inBackground()) {
      return Inspection.of(inputs, options);
    }
  }

  private void checkUsage() {
    boolean named = scenarioFile != null && envelopesFile != null;
    if (verified == null && !named) {
      throw wrong("SCENARIO and ENVELOPES are needed unless --verify names a certificate");
    }
    if (verified != null && scenarioFile != null && envelopesFile == null) {
      throw wrong("--verify takes SCENARIO and ENVELOPES or neither");
    }
    if (verified != null && (repair || certificateFile != null)) {
      throw wrong("--verify goes with neither --repair nor --certificate");
    }
    if (repairedFile != null && !repair) {
      throw wrong("--out is where --repair writes; it means nothing without");
    }
    if (repairedFile != null && same(repairedFile, envelopesFile)) {
      throw wrong("--out must not be the file to be repaired: " + repairedFile);
    }
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private Examination examine(Inspection inspection, PrintWriter out) {
    ProgressBar bar = new ProgressBar(out);
    Examination examination = inspection.examine(judge, progress(bar));
    bar.clear();
    say(out, new ExaminationText(inspection.scenario(), examination).lines());
    return examination;
  }

  private static AcValidator.Progress progress(ProgressBar bar) {
    return (intervals, ofIntervals) ->
        bar.draw(intervals, ofIntervals, intervals + "/" + ofIntervals + " intervals");
  }

  private int repair(Inspection inspection, Examination examination, PrintWriter out) {
    if (examination.certified()) {
      say(out, List.of("nothing to repair: the envelopes are certified as they are"));
      writeCertificate(inspection, examination, out);
      return exitCode(examination);
    }
    Optional<Repair> found =
        inspection.repair(
            judge,
            (factor, certified) ->
                say(
                    out,
                    List.of(
                        String.format(
                            Locale.ROOT,
                            "all envelopes times %.4f: %s",
                            factor,
                            certified ? "secure" : "not secure"))));
    if (found.isEmpty()) {
      say(
          out,
          List.of(
              "no shrink helps: with all envelopes 0, passive load and assets alone break limits"));
      writeCertificate(inspection, examination, out);
      return Ndoe.NOT_SECURE;
    }
    return publish(inspection, examination, found.get(), out);
  }

  private int publish(
      Inspection inspection, Examination refused, Repair repaired, PrintWriter out) {
    ExaminationText text = new ExaminationText(inspection.scenario(), repaired.examination());
    say(
        out,
        List.of(
            String.format(Locale.ROOT, "repaired: all envelopes times %.4f", repaired.factor())));
    repaired.binding().ifPresent(worst -> say(out, List.of("just beyond: " + text.line(worst))));
    if (repairedFile == null) {
      say(out, text.lines());
      writeCertificate(inspection, refused, out);
      return 0;
    }
    EnvelopePlanFile.write(repairedFile, repaired.securityCase().envelopes());
    say(out, List.of("envelopes: " + repairedFile));
    Inspection written = inspection.withEnvelopes(inspection.inputs().withEnvelopes(repairedFile));
    Examination examination = examine(written, out);
    writeCertificate(written, examination, out);
    return exitCode(examination);
  }

  private void writeCertificate(Inspection inspection, Examination examination, PrintWriter out) {
    if (certificateFile != null) {
      CertificateFile.write(certificateFile, inspection, examination, Ndoe.version());
      say(
          out,
          List.of((examination.certified() ? "certificate: " : "refusal: ") + certificateFile));
    }
  }

  private int verify(PrintWriter out) {
    CertificateFile certificate = CertificateFile.read(verified);
    Options options = certificate.options();
    Inputs inputs =
        scenarioFile == null
            ? certificate.inputs()
            : new Inputs(scenarioFile, envelopesFile, assets(out));
    ProgressBar bar = new ProgressBar(out);
    List<String> mismatches =
        certificate.mismatches(read(inputs, options), judge, progress(bar), Ndoe.version());
    bar.clear();
    say(out, mismatches);
    if (!mismatches.isEmpty()) {
      say(out, List.of("NOT verified: " + verified + " does not hold for these files"));
      return Ndoe.NOT_SECURE;
    }
    say(
        out,
        List.of(
            certificate.certified()
                ? "verified: the same files, and the same found when tried again; certified"
                : "verified: the same files, and the same found when tried again; it is a REFUSAL"));
    return certificate.certified() ? 0 : Ndoe.NOT_SECURE;
  }

  private Optional<Path> assets(PrintWriter out) {
    Path beside = envelopesFile.resolveSibling("dso-assets.csv");
    if (assetsFile == null && !Files.exists(beside)) {
      say(out, List.of("assets: idle (no dso-assets.csv beside the envelopes, and no --assets)"));
      return Optional.empty();
    }
    Path file = assetsFile != null ? assetsFile : beside;
    say(out, List.of("assets: " + file));
    return Optional.of(file);
  }

  private static int exitCode(Examination examination) {
    return examination.certified() ? 0 : Ndoe.NOT_SECURE;
  }

  private static void say(PrintWriter out, List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
