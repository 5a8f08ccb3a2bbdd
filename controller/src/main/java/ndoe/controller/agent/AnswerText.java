package ndoe.controller.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.TradeRequest;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.ProsumerId;

/** Answers as JSON; {@code lab-setup/mqtt/negotiation.schema.json} describes them. */
final class AnswerText {
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "heard", Set.of(),
          "trade-request", Set.of("round", "cycle", "desiredPurchaseKw", "desiredPurchaseKwFrom"),
          "report", Set.of("round", "mismatchKw", "movementPerKwh", "cost", "lower"),
          "request", Set.of("round", "importLimitKw", "exportLimitKw", "netImportKw"),
          "plan", Set.of("netImportKw", "cost"),
          "refusal", Set.of("reason"));

  private AnswerText() {}

  static String write(Header header, Answer answer) {
    ObjectNode json = header.write();
    if (answer instanceof Answer.Wishes wishes) {
      TradeRequest request = wishes.request();
      json.put("round", request.round()).put("cycle", request.cycle());
      Profiles.write(json, "desiredPurchaseKw", request.desiredPurchaseKw());
      Profiles.write(json, "desiredPurchaseKwFrom", request.desiredPurchaseKwFrom());
    } else if (answer instanceof Answer.Reported reported) {
      Report report = reported.report();
      json.put("round", report.round())
          .put("mismatchKw", report.mismatchKw())
          .put("movementPerKwh", report.movementPerKwh());
      unlessNan(json, "cost", report.cost());
      unlessNan(json, "lower", report.lower());
    } else if (answer instanceof Answer.Responded responded) {
      json.put("round", responded.request().round());
      Profiles.write(json, responded.request().position());
    } else if (answer instanceof Answer.Planned planned) {
      Profiles.write(json, "netImportKw", planned.plannedNetImportKw());
      json.put("cost", planned.cost());
    } else if (answer instanceof Answer.Refusal refusal) {
      json.put("reason", refusal.reason());
    }
    return json.toString();
  }

  private static void unlessNan(ObjectNode json, String key, double value) {
    if (!Double.isNaN(value)) {
      json.put(key, value);
    }
  }

  /**
   * Reads an answer.
   *
   * @param kind last level of its topic
   * @param from who sent it, which the broker vouches for
   * @throws DeviceLinkException if it does not fit
   */
  static Answer read(String kind, Payload json, ProsumerId from, int intervals) {
    Header.refuseOthers(json, KEYS.getOrDefault(kind, Set.of()));
    return switch (kind) {
      case "heard" -> new Answer.Heard();
      case "trade-request" ->
          new Answer.Wishes(
              new TradeRequest(
                  CommandText.round(json),
                  CommandText.count(json, "cycle"),
                  from,
                  Profiles.read(json, "desiredPurchaseKw", intervals),
                  Profiles.readEach(json, "desiredPurchaseKwFrom", intervals)));
      case "report" ->
          new Answer.Reported(
              new Report(
                  CommandText.round(json),
                  from.value(),
                  json.number("mismatchKw"),
                  json.number("movementPerKwh"),
                  json.has("cost") ? json.number("cost") : Double.NaN,
                  json.has("lower") ? json.number("lower") : Double.NaN));
      case "request" ->
          new Answer.Responded(
              new Request(CommandText.round(json), from, Profiles.readPosition(json, intervals)));
      case "plan" ->
          new Answer.Planned(Profiles.read(json, "netImportKw", intervals), json.number("cost"));
      case "refusal" -> new Answer.Refusal(json.text("reason"));
      default -> throw new DeviceLinkException("no such kind of message: " + kind);
    };
  }
}
