package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ndoe.controller.ShortDay;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Certificates of three hours of the reference day, made and verified with the real engine. */
final class ValidateIT {
  private static final int INTERVALS = 3;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path scenarioFile;
  private Scenario scenario;

  @BeforeEach
  void writeScenario() throws IOException {
    scenarioFile = ShortDay.write(folder, 18, INTERVALS);
    scenario = ScenarioFile.read(scenarioFile);
  }

  private int validate(Object... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> words = new ArrayList<>(List.of("validate", "--random-points", "10"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return command.execute(words.toArray(new String[0]));
  }

  /** The same limits for everybody, with a plan of nothing. */
  private Path envelopes(String name, double importKw, double exportKw) {
    Path file = folder.resolve(name);
    List<PointPlan> points =
        scenario.connectionPoints().stream().map(p -> plan(p, importKw, exportKw)).toList();
    EnvelopePlanFile.write(file, new EnvelopePlan(scenario.horizon(), points));
    return file;
  }

  private static PointPlan plan(ConnectionPoint point, double importKw, double exportKw) {
    OperatingEnvelope envelope = new OperatingEnvelope(importKw, exportKw);
    return new PointPlan(
        point.prosumer(),
        point.bus(),
        List.of(envelope, envelope, envelope),
        Profile.constant(0, INTERVALS));
  }

  private Path assets(double svc18Kvar) {
    Path file = folder.resolve("dso-assets.csv");
    List<AssetSchedule> schedules =
        List.of(
            asset("SVC18", "18", svc18Kvar), asset("SVC33", "33", 100), asset("ESS24", "24", 0));
    AssetScheduleFile.write(file, scenario.horizon(), schedules);
    return file;
  }

  private static AssetSchedule asset(String name, String bus, double kvar) {
    return new AssetSchedule(
        name, new BusId(bus), Profile.constant(0, INTERVALS), Profile.constant(kvar, INTERVALS));
  }

  private static JsonNode read(Path certificate) throws IOException {
    return new ObjectMapper().readTree(Files.readString(certificate));
  }

  @Test
  void writesACertificateThatVerifiesAgain() throws IOException {
    assets(200);
    Path certificate = folder.resolve("certificate.json");

    int exit =
        validate(
            scenarioFile,
            envelopes("e.csv", 100, 100),
            "--certificate",
            certificate,
            "--asset-outages");

    assertEquals(0, exit, out + "" + err);
    JsonNode json = read(certificate);
    assertTrue(json.path("certified").asBoolean());
    assertEquals(2 * INTERVALS, json.path("tried").path("corners").asInt());
    assertEquals(10 * INTERVALS, json.path("tried").path("random_points").asInt());
    assertEquals(2 * 3 * INTERVALS, json.path("tried").path("asset_outages").asInt());
    assertEquals(3, json.path("asset_outages").size());
    assertEquals(5, json.path("files").size());
    assertEquals(0, validate("--verify", certificate), out.toString());
    assertTrue(out.toString().contains("verified: the same files"), out.toString());
  }

  @Test
  void statesAnOperatingPointThatCanBeSolvedAgain() throws IOException {
    Path certificate = folder.resolve("certificate.json");
    Path envelopes = envelopes("e.csv", 100, 100);
    assertEquals(
        0,
        validate(scenarioFile, envelopes, "--certificate", certificate, "--reactive-freedom", 0.2),
        out.toString());
    JsonNode worst = read(certificate).path("worst").path("lowest_voltage");
    int points = scenario.connectionPoints().size();
    double[] kw = new double[points];
    double[] kvar = new double[points];
    for (int point = 0; point < points; point++) {
      JsonNode exchange = worst.path("exchange").path(point);
      kw[point] = exchange.path("net_import_kw").asDouble();
      kvar[point] = exchange.path("net_import_kvar").asDouble();
    }
    FeederUse use =
        new FeederUse(
            scenario.feeder(), scenario.passiveLoads(), scenario.connectionPoints(), List.of());
    Injections injections = use.injections();
    int interval = 0;
    while (!scenario
        .horizon()
        .startOf(interval)
        .toString()
        .equals(worst.path("interval_start").asText())) {
      interval++;
    }
    use.putOthers(interval, injections);
    use.addExchange(kw, kvar, injections);
    int bus = scenario.feeder().buses().indexOf(new BusId(worst.path("element").asText()));
    try (PowerFlow engine = OpenDssPowerFlow.positiveSequence(scenario.feeder())) {
      GridState state = engine.solve(injections);
      assertEquals(worst.path("value").asDouble(), state.voltagePu(bus, 0), 1e-9);
    }
    assertTrue(worst.path("margin").asDouble() > 0);
  }

  @Test
  void namesFilesThatAreNotThoseOfTheCertificate() throws IOException {
    Path certificate = folder.resolve("certificate.json");
    Path envelopes = envelopes("e.csv", 100, 100);
    assertEquals(0, validate(scenarioFile, envelopes, "--certificate", certificate));
    envelopes("e.csv", 101, 100);

    assertEquals(3, validate("--verify", certificate));

    assertTrue(out.toString().contains("file e.csv (envelopes): SHA-256 is"), out.toString());
    assertTrue(out.toString().contains("NOT verified"), out.toString());
    assertEquals(
        0, validate("--verify", certificate, scenarioFile, envelopes("as-then.csv", 100, 100)));
  }

  @Test
  void namesWhatWasChangedInACertificate() throws IOException {
    Path certificate = folder.resolve("certificate.json");
    Path envelopes = envelopes("e.csv", 100, 100);
    assertEquals(0, validate(scenarioFile, envelopes, "--certificate", certificate));
    String text = Files.readString(certificate);
    Files.writeString(
        certificate, text.replace("\"random_points\" : 30", "\"random_points\" : 3000"));

    assertEquals(3, validate("--verify", certificate));

    assertTrue(
        out.toString().contains("tried.random_points: the certificate says 3000, now it is 30"),
        out.toString());
    long mismatches =
        out.toString().lines().filter(line -> line.contains("the certificate says")).count();
    assertEquals(1, mismatches, out.toString());
  }

  @Test
  void writesARefusalThatSaysSo() throws IOException {
    Path refusal = folder.resolve("refusal.json");

    assertEquals(3, validate(scenarioFile, envelopes("e.csv", 900, 900), "--certificate", refusal));

    JsonNode json = read(refusal);
    assertFalse(json.path("certified").asBoolean());
    assertTrue(json.path("statement").asText().startsWith("REFUSED"));
    assertTrue(json.path("violations").asInt() > 0);
    assertTrue(json.path("worst").path("lowest_voltage").path("margin").asDouble() < 0);
    assertEquals(3, validate("--verify", refusal));
    assertTrue(out.toString().contains("it is a REFUSAL"), out.toString());
  }

  @Test
  void repairsEnvelopesAndCertifiesWhatItWrote() throws IOException {
    Path repaired = folder.resolve("repaired.csv");
    Path certificate = folder.resolve("certificate.json");

    int exit =
        validate(
            scenarioFile,
            envelopes("e.csv", 900, 900),
            "--repair",
            "--out",
            repaired,
            "--certificate",
            certificate);

    assertEquals(0, exit, out + "" + err);
    assertTrue(out.toString().contains("repaired: all envelopes times 0."), out.toString());
    assertTrue(out.toString().contains("just beyond: 2016-06-21T"), out.toString());
    assertEquals(0, validate(scenarioFile, repaired));
    assertEquals(0, validate("--verify", certificate));
    OperatingEnvelope written =
        EnvelopePlanFile.read(repaired, scenario).points().get(0).envelopes().get(0);
    double beyond = written.importLimitKw() / 900 + 0.002;
    assertEquals(3, validate(scenarioFile, envelopes("beyond.csv", 900 * beyond, 900 * beyond)));
  }

  @Test
  void explainsWrongUsage() {
    Path envelopes = envelopes("e.csv", 100, 100);
    assertEquals(2, validate());
    assertEquals(2, validate(scenarioFile, envelopes, "--out", folder.resolve("o.csv")));
    assertEquals(2, validate(scenarioFile, envelopes, "--repair", "--out", envelopes));
    assertEquals(2, validate(scenarioFile, envelopes, "--reactive-freedom", "-1"));
    assertEquals(2, validate("--verify", folder.resolve("none.json")));
    assertTrue(err.toString().contains("none.json: there is no such file"), err.toString());
  }
}
