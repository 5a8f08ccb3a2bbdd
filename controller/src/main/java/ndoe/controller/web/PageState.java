package ndoe.controller.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.EventRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.ViolationRow;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;

/**
 * What a page shows of a run: kept whole for those that come, told in small parts to those that are
 * there. Belongs to one thread.
 */
final class PageState {
  private static final int MOST_EVENTS = 200;
  private static final int MOST_GRIDS = 384;

  private final Feed feed;
  private RunSubject subject;
  private ObjectNode root = Json.object();
  private final Map<ProsumerId, Integer> customers = new HashMap<>();
  private final Map<Integer, JsonNode> grids = new LinkedHashMap<>();
  private final Map<String, ObjectNode> devices = new LinkedHashMap<>();

  PageState(RunSubject subject, Feed feed) {
    this.feed = feed;
    begin(subject);
  }

  /** Knows nothing but what the run is about; whoever is there begins anew. */
  final void begin(RunSubject about) {
    subject = about;
    root = SubjectJson.of(subject);
    customers.clear();
    grids.clear();
    devices.clear();
    subject.customers().forEach(customer -> customers.put(customer.id(), customers.size()));
    root.set("phase", Json.object().put("name", "begins").put("text", ""));
    for (String list : List.of("rounds", "events", "violations", "renewals", "asked")) {
      root.putArray(list);
    }
    ArrayNode points = root.putArray("points");
    subject.customers().forEach(customer -> points.add(Json.object()));
    ArrayNode measured = root.putArray("measured");
    subject.customers().forEach(customer -> measured.addArray());
    tell("reset", Json.object());
  }

  /** All of it, and after which message it is. */
  String snapshot(long nowMillis) {
    root.put("id", feed.id(feed.last())).put("now", nowMillis);
    ArrayNode grid = root.putArray("grid");
    grids.values().forEach(grid::add);
    ArrayNode fleet = root.putArray("devices");
    devices.values().forEach(fleet::add);
    return root.toString();
  }

  private void tell(String type, JsonNode news) {
    feed.publish(type, news.toString());
  }

  /** What the run is doing, as a word and for people. */
  void phase(String name, String text) {
    ObjectNode phase = Json.object().put("name", name).put("text", text);
    root.set("phase", phase);
    tell("phase", phase);
  }

  /** What everybody must be told as it is, replacing what was. */
  void set(String key, ObjectNode value) {
    root.set(key, value);
    tell(key, value);
  }

  /** Parties begin to negotiate, about intervals from this one on. */
  void negotiationBegins(int from) {
    root.putArray("rounds");
    root.putArray("asked");
    root.put("negotiatedFrom", from);
    tell("negotiation", Json.object().put("from", from));
  }

  /** A round, and per prosumer what was offered and asked for. */
  void round(ObjectNode figures, ArrayNode asked) {
    ((ArrayNode) root.get("rounds")).add(figures);
    ObjectNode news = figures.deepCopy();
    if (!asked.isEmpty()) {
      root.set("asked", asked);
      news.set("asked", asked);
    }
    tell("round", news);
  }

  /** The envelopes in force, in place of earlier ones. */
  void envelopes(EnvelopePlan plan) {
    int from = subject.horizon().intervalAt(plan.horizon().start());
    ArrayNode points = Json.array();
    subject.customers().forEach(customer -> points.addObject());
    for (PointPlan point : plan.points()) {
      Integer place = customers.get(point.prosumer());
      if (place != null) {
        ObjectNode one = (ObjectNode) points.get(place);
        one.put("from", from);
        one.set("imp", limits(point, true));
        one.set("exp", limits(point, false));
        one.set("plan", Json.kws(point.plannedNetImportKw().stream()));
      }
    }
    root.set("points", points);
    tell("envelopes", points);
  }

  private static ArrayNode limits(PointPlan point, boolean imports) {
    return Json.kws(
        point.envelopes().stream()
            .mapToDouble(imports ? e -> e.importLimitKw() : OperatingEnvelope::exportLimitKw));
  }

  /** What limits and energy are worth; one list per prosumer, null where nobody said. */
  void prices(List<PriceRow> rows) {
    ArrayNode all = Json.array();
    for (int n = 0; n < customers.size(); n++) {
      ObjectNode one = all.addObject();
      for (String key : List.of("imp", "exp", "energy")) {
        ArrayNode list = one.putArray(key);
        for (int t = 0; t < subject.horizon().intervals(); t++) {
          list.addNull();
        }
      }
    }
    for (PriceRow row : rows) {
      Integer place = customers.get(row.prosumer());
      int t = subject.horizon().intervalAt(row.intervalStart());
      if (place != null && t >= 0 && t < subject.horizon().intervals()) {
        put(all.get(place).get("imp"), t, row.importLimit().price());
        put(all.get(place).get("exp"), t, row.exportLimit().price());
        put(all.get(place).get("energy"), t, row.energyPerKwh());
      }
    }
    root.set("prices", all);
    tell("prices", all);
  }

  private static void put(JsonNode list, int t, OptionalDouble value) {
    value.ifPresent(
        v -> ((ArrayNode) list).set(t, Json.MAPPER.getNodeFactory().numberNode(Json.fine(v))));
  }

  /** The devices and what becomes of each without a controller. */
  void devices(List<DeviceRow> rows, Map<String, Fallback> fallbacks) {
    devices.clear();
    for (DeviceRow row : rows) {
      ObjectNode device = Json.object();
      device.put("id", row.device().value());
      device.put("point", customers.getOrDefault(row.prosumer(), -1));
      device.put("role", row.role()).put("connection", row.connection()).put("real", row.real());
      devices.put(row.device().value(), device);
    }
    fallbacks(fallbacks);
  }

  /** What becomes of devices nobody renews the setpoint of. */
  void fallbacks(Map<String, Fallback> fallbacks) {
    fallbacks.forEach(this::fallback);
    ArrayNode all = Json.array();
    devices.values().forEach(all::add);
    tell("devices", all);
  }

  /**
   * What a device does when nobody renews its setpoint.
   *
   * @param toValue whether it falls back to a power by itself; else it is released
   * @param afterSeconds without renewal
   */
  record Fallback(boolean toValue, double powerKw, long afterSeconds) {}

  private void fallback(String id, Fallback fallback) {
    ObjectNode device = devices.get(id);
    if (device != null) {
      device
          .putObject("fallback")
          .put("toValue", fallback.toValue())
          .put("kw", Json.kw(fallback.powerKw()))
          .put("after", fallback.afterSeconds());
    }
  }

  void setpoints(List<SetpointRow> rows) {
    ArrayNode news = Json.array();
    for (SetpointRow row : rows) {
      ObjectNode setpoint =
          Json.object()
              .put("asked", Json.kw(row.askedKw()))
              .put("limit", row.quantity().endsWith("limit"))
              .put("result", row.result().name().toLowerCase(Locale.ROOT))
              .put("reason", row.reason())
              .put("at", row.at().toEpochMilli());
      row.appliedKw().ifPresent(kw -> setpoint.put("applied", Json.kw(kw)));
      Optional.ofNullable(devices.get(row.device().value()))
          .ifPresent(device -> device.set("setpoint", setpoint));
      news.add(setpoint.deepCopy().put("id", row.device().value()));
    }
    tell("setpoints", news);
  }

  /** What was read of devices and connection points. */
  void measurements(List<MeasurementRow> rows) {
    ArrayNode points = Json.array();
    ArrayNode read = Json.array();
    for (MeasurementRow row : rows) {
      if (row.isConnectionPoint()) {
        Integer place = customers.get(row.prosumer());
        int t = subject.horizon().intervalAt(row.intervalStart());
        if (place != null) {
          points.addArray().add(place).add(t).add(Json.kw(row.netImportKw()));
          measured(place, t, row.netImportKw());
        }
      } else {
        ObjectNode reading =
            Json.object()
                .put("kw", Json.kw(row.activePowerKw()))
                .put("at", row.at().toEpochMilli());
        row.socFraction().ifPresent(soc -> reading.put("soc", Json.fine(soc)));
        Optional.ofNullable(devices.get(row.device()))
            .ifPresent(device -> device.set("reading", reading));
        read.add(reading.deepCopy().put("id", row.device()));
      }
    }
    ObjectNode news = Json.object();
    news.set("points", points);
    news.set("devices", read);
    tell("readings", news);
  }

  private void measured(int place, int t, double netImportKw) {
    ArrayNode list = (ArrayNode) root.get("measured").get(place);
    while (list.size() <= t) {
      list.addNull();
    }
    list.set(t, Json.MAPPER.getNodeFactory().numberNode(Json.kw(netImportKw)));
  }

  /** The feeder in one interval. */
  void grid(GridPicture picture) {
    JsonNode grid = picture.json();
    grids.put(picture.interval(), grid);
    if (grids.size() > MOST_GRIDS) {
      grids.remove(grids.keySet().iterator().next());
    }
    tell("grid", grid);
  }

  /** An interval is done. */
  void stepDone(int interval, int ofIntervals) {
    set("step", Json.object().put("t", interval).put("of", ofIntervals));
  }

  /** Limits found broken at measured states. */
  void violations(List<ViolationRow> rows) {
    for (ViolationRow row : rows) {
      ObjectNode violation =
          Json.object()
              .put("at", Json.seconds(row.intervalStart()))
              .put("point", row.point())
              .put("kind", row.kind())
              .put("element", row.element())
              .put("value", Json.fine(row.value()))
              .put("limit", Json.fine(row.limit()))
              .put("unit", row.unit());
      ((ArrayNode) root.get("violations")).add(violation);
      tell("violation", violation);
    }
  }

  void event(EventRow row) {
    event(row.at(), row.severity().name().toLowerCase(Locale.ROOT), row.device(), row.text());
  }

  void event(Instant at, String severity, String device, String text) {
    ObjectNode event =
        Json.object()
            .put("at", at.toEpochMilli())
            .put("severity", severity)
            .put("device", device)
            .put("text", text);
    ArrayNode events = (ArrayNode) root.get("events");
    events.add(event);
    if (events.size() > MOST_EVENTS) {
      events.remove(0);
    }
    tell("event", event);
  }

  void renewed(RenewalRow row) {
    ObjectNode renewal =
        Json.object()
            .put("at", Json.seconds(row.intervalStart()))
            .put("rounds", row.rounds())
            .put("inForce", row.inForce())
            .put("reason", row.reason());
    ((ArrayNode) root.get("renewals")).add(renewal);
    tell("renewal", renewal);
  }

  /** The number of an interval that starts at this time. */
  int interval(LocalDateTime start) {
    return subject.horizon().intervalAt(start);
  }
}
