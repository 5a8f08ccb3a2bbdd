package ndoe.controller.certificate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.controller.journal.Sha256;
import ndoe.cosim.validation.Examination;
import ndoe.cosim.validation.ForecastErrors;
import ndoe.cosim.validation.ForecastShare;
import ndoe.cosim.validation.Outage;
import ndoe.cosim.validation.Tried;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;
import ndoe.cosim.validation.WorstValue;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Horizon;

/** A certificate as JSON; controller/docs/certificate.md says what its fields mean. */
final class CertificateJson {
  static final int FORMAT = 1;

  /** More broken limits than these are counted but not listed, worst first. */
  private static final int MOST_VIOLATIONS = 100;

  private final Inspection inspection;
  private final Examination examination;
  private final Horizon horizon;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private CertificateJson(Inspection inspection, Examination examination) {
    this.inspection = inspection;
    this.examination = examination;
    horizon = inspection.scenario().horizon();
  }

  /**
   * @param folder file names are written as seen from here
   * @param version of this program
   */
  static ObjectNode of(
      Inspection inspection, Examination examination, Path folder, String version) {
    CertificateJson json = new CertificateJson(inspection, examination);
    json.head(version);
    json.root.set("files", files(inspection, folder));
    json.options();
    json.tried();
    json.worst();
    json.forecastErrors();
    json.outages();
    json.violations();
    return json.root;
  }

  private void head(String version) {
    root.put("format", FORMAT);
    root.put("certified", examination.certified());
    root.put(
        "statement",
        examination.certified()
            ? "Nothing that was tried inside these envelopes breaks a limit."
            : "REFUSED: these envelopes break limits; see violations.");
    root.put("ndoe", version);
    root.put("engine", examination.engine());
  }

  /** Name and hash of every file that was read. */
  static ArrayNode files(Inspection inspection, Path folder) {
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    addFile(files, "scenario", inspection.inputs().scenario(), folder);
    for (Path named : inspection.scenario().namedFiles()) {
      addFile(files, "named-by-scenario", named, folder);
    }
    addFile(files, "envelopes", inspection.inputs().envelopes(), folder);
    inspection.inputs().assets().ifPresent(file -> addFile(files, "assets", file, folder));
    return files;
  }

  private static void addFile(ArrayNode files, String role, Path file, Path folder) {
    files
        .addObject()
        .put("role", role)
        .put("path", FileNames.seenFrom(folder, file))
        .put("sha256", Sha256.of(file));
  }

  private void options() {
    Options options = inspection.options();
    root.putObject("options")
        .put("random_points", options.randomPoints())
        .put("seed", inspection.securityCase().seed())
        .put("search_starts", options.searchStarts())
        .put("reactive_freedom", options.reactiveFreedom())
        .put("forecast_draws", options.forecastDraws())
        .put("asset_outages", options.outages().name().toLowerCase(Locale.ROOT));
  }

  private void tried() {
    Tried tried = examination.tried();
    root.putObject("tried")
        .put("corners", tried.corners())
        .put("dispatches", tried.dispatches())
        .put("random_points", tried.randomPoints())
        .put("searched", tried.searched())
        .put("forecast_draws", tried.forecastDraws())
        .put("asset_outages", tried.outages())
        .put("total", tried.total());
  }

  private void worst() {
    ObjectNode worst = root.putObject("worst");
    worst(worst, "lowest_voltage", examination.lowestVoltage());
    worst(worst, "highest_voltage", examination.highestVoltage());
    worst(worst, "highest_loading", examination.highestLoading());
  }

  private void worst(ObjectNode parent, String name, Optional<WorstValue> found) {
    if (found.isEmpty()) {
      parent.putNull(name);
      return;
    }
    WorstValue worst = found.get();
    ObjectNode node = parent.putObject(name);
    node.put("interval_start", horizon.startOf(worst.interval()).toString())
        .put("element", worst.element())
        .put("value", worst.value())
        .put("limit", worst.limit())
        .put("margin", worst.margin())
        .put("unit", worst.kind().unit())
        .put("point", worst.point().name());
    ArrayNode exchange = node.putArray("exchange");
    List<ConnectionPoint> points = inspection.securityCase().connectionPoints();
    for (int point = 0; point < points.size(); point++) {
      exchange
          .addObject()
          .put("prosumer", points.get(point).prosumer().value())
          .put("bus", points.get(point).bus().value())
          .put("net_import_kw", worst.point().netImportKw().at(point))
          .put("net_import_kvar", worst.point().reactivePowerKvar().at(point));
    }
  }

  private void forecastErrors() {
    ForecastErrors errors = inspection.scrutiny().forecastErrors();
    ObjectNode node = root.putObject("forecast_errors");
    node.put("standard_deviation", errors.standardDeviation())
        .put("correlation", errors.correlation())
        .put("promised_probability", errors.promisedProbability())
        .put("interval", "Wilson, 95 %");
    ArrayNode shares = node.putArray("shares");
    for (ForecastShare share : examination.forecastShares()) {
      shares
          .addObject()
          .put("distribution", share.distribution().label())
          .put("point", share.point())
          .put("draws", share.draws())
          .put("violated", share.violated())
          .put("share", share.share())
          .put("lowest", share.lowestShare())
          .put("highest", share.highestShare())
          .put("worst_interval_start", horizon.startOf(share.worstInterval()).toString())
          .put("worst_interval_share", share.worstIntervalShare())
          .put("worst_element", share.element());
    }
  }

  private void outages() {
    ArrayNode outages = root.putArray("asset_outages");
    for (Outage outage : examination.outages()) {
      ObjectNode node = outages.addObject().put("asset", outage.asset());
      violations(node, outage.violations());
    }
  }

  private void violations() {
    violations(
        root,
        examination.verdict() instanceof Verdict.Violated violated
            ? violated.violations()
            : new ArrayList<>());
  }

  private void violations(ObjectNode parent, List<Violation> violations) {
    parent.put("violations", violations.size());
    ArrayNode listed = parent.putArray("worst_violations");
    violations.stream().limit(MOST_VIOLATIONS).forEach(each -> add(listed, each));
  }

  private void add(ArrayNode listed, Violation violation) {
    ObjectNode node =
        listed
            .addObject()
            .put("interval_start", horizon.startOf(violation.interval()).toString())
            .put("point", violation.point())
            .put("kind", violation.kind().name().toLowerCase(Locale.ROOT))
            .put("element", violation.element());
    // JSON has no NaN; there is no value where there was no solution.
    if (Double.isFinite(violation.value())) {
      node.put("value", violation.value()).put("limit", violation.limit());
    }
    node.put("unit", violation.kind().unit());
  }
}
