package ndoe.controller.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Horizon;
import ndoe.feeders.Line;

/** What a page is told once about a run. */
final class SubjectJson {
  private SubjectJson() {}

  static ObjectNode of(RunSubject subject) {
    ObjectNode root = Json.object();
    Horizon horizon = subject.horizon();
    root.putObject("run")
        .put("name", subject.name())
        .put("description", subject.description())
        .put("folder", subject.folder())
        .put("currency", subject.currency())
        .put("start", Json.seconds(horizon.start()))
        .put("minutes", horizon.intervalMinutes())
        .put("intervals", horizon.intervals());
    feeder(root.putObject("feeder"), subject);
    ArrayNode prosumers = root.putArray("prosumers");
    for (RunSubject.Customer customer : subject.customers()) {
      ObjectNode prosumer =
          prosumers.addObject().put("id", customer.id().value()).put("bus", customer.bus().value());
      customer
          .defaultEnvelope()
          .ifPresent(
              envelope ->
                  prosumer
                      .put("defaultImport", Json.kw(envelope.importLimitKw()))
                      .put("defaultExport", Json.kw(envelope.exportLimitKw())));
    }
    return root;
  }

  private static void feeder(ObjectNode feeder, RunSubject subject) {
    feeder
        .put("name", subject.feeder())
        .put("kv", subject.nominalVoltageKv())
        .put("low", subject.limits().minPu())
        .put("high", subject.limits().maxPu());
    OneLineDiagram diagram = OneLineDiagram.of(subject.source(), subject.lines());
    Map<BusId, Integer> numbers = new HashMap<>();
    ArrayNode buses = feeder.putArray("buses");
    diagram
        .places()
        .forEach(
            (bus, place) -> {
              numbers.put(bus, numbers.size());
              buses
                  .addObject()
                  .put("id", bus.value())
                  .put("along", Json.fine(place.along()))
                  .put("lane", place.lane())
                  .put("ohm", Json.fine(place.distanceOhm()));
            });
    ArrayNode lines = feeder.putArray("lines");
    for (Line line : subject.lines()) {
      Integer from = numbers.get(line.from());
      Integer to = numbers.get(line.to());
      if (from != null && to != null) {
        lines
            .addObject()
            .put("id", line.id().value())
            .put("a", from)
            .put("b", to)
            .put("kva", Json.kw(line.ratingKva()));
      }
    }
  }
}
