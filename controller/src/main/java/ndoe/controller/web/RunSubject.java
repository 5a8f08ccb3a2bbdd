package ndoe.controller.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.journal.EnvelopeRow;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunRecord;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.Line;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.VoltageLimits;

/**
 * What a run is about, which does not change while it goes on.
 *
 * @param folder name of the run folder, without its path
 * @param source bus the feeder begins at
 * @param nominalVoltageKv line-to-line, kV
 * @param lines without phases
 */
record RunSubject(
    String name,
    String description,
    String folder,
    String currency,
    Horizon horizon,
    String feeder,
    BusId source,
    double nominalVoltageKv,
    VoltageLimits limits,
    List<Line> lines,
    List<Customer> customers) {

  RunSubject {
    lines = List.copyOf(lines);
    customers = List.copyOf(customers);
  }

  /**
   * A prosumer as the network sees it.
   *
   * @param defaultEnvelope empty when it is not known
   */
  record Customer(ProsumerId id, BusId bus, Optional<OperatingEnvelope> defaultEnvelope) {}

  /** Of a run that is about to begin. */
  static RunSubject of(Scenario run, String folder) {
    Feeder feeder = run.feeder();
    return new RunSubject(
        run.name(),
        run.description(),
        folder,
        run.tariff().currency(),
        run.horizon(),
        feeder.name(),
        feeder.sourceBus(),
        feeder.nominalVoltageKv(),
        feeder.voltageLimits(),
        withoutPhases(feeder.lines()),
        run.prosumers().stream().map(RunSubject::customer).toList());
  }

  private static Customer customer(ProsumerSite site) {
    return new Customer(
        site.id(),
        site.connectionPoint().bus().withoutPhases(),
        Optional.of(site.connectionPoint().defaultEnvelope()));
  }

  /** Of a run folder; customers are known once they have envelopes. */
  static RunSubject of(RunReader reader, RunRecord run, String folder) {
    Map<ProsumerId, Customer> customers = new LinkedHashMap<>();
    for (EnvelopeRow row : reader.envelopes()) {
      customers.computeIfAbsent(
          row.prosumer(), id -> new Customer(id, row.bus().withoutPhases(), Optional.empty()));
    }
    return new RunSubject(
        run.scenario().name(),
        run.scenario().description(),
        folder,
        run.scenario().currency(),
        run.scenario().horizon(),
        run.feeder().name(),
        new BusId(run.feeder().sourceBus()).withoutPhases(),
        run.feeder().nominalVoltageKv(),
        run.feeder().voltageLimits(),
        withoutPhases(reader.feeder()),
        List.copyOf(customers.values()));
  }

  private static List<Line> withoutPhases(List<Line> lines) {
    List<Line> plain = new ArrayList<>();
    for (Line line : lines) {
      plain.add(
          new Line(
              line.id(),
              line.from().withoutPhases(),
              line.to().withoutPhases(),
              line.resistanceOhm(),
              line.reactanceOhm(),
              line.ratingKva()));
    }
    return plain;
  }
}
