package ndoe.controller.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;
import ndoe.feeders.TradeLink;

/** Commands as JSON; {@code lab-setup/mqtt/negotiation.schema.json} describes them. */
final class CommandText {
  private static final int MOST_LINKS = 1000;

  private static final Set<String> POSITION =
      Set.of("round", "importLimitKw", "exportLimitKw", "netImportKw");
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "opening", Set.of("start", "intervalMinutes", "intervals", "terms", "links"),
          "propose", Set.of("round", "cycle", "accuracy"),
          "trade-answer", Set.of("round", "cycle", "purchaseKw", "purchaseKwFrom"),
          "respond", Set.of("round"),
          "offer", POSITION,
          "terms", Set.of("terms"),
          "bound", Set.of("round"),
          "settle", Set.of("importLimitKw", "exportLimitKw", "purchaseKw"),
          "envelope", Set.of("importLimitKw", "exportLimitKw", "certified"),
          "dismissal", Set.of("reason"));

  private CommandText() {}

  static String write(Header header, Command command) {
    ObjectNode json = header.write();
    if (command instanceof Command.Opening opening) {
      write(json, opening.parameters());
    } else if (command instanceof Command.Propose propose) {
      json.put("round", propose.round())
          .put("cycle", propose.cycle())
          .put("accuracy", propose.accuracy());
    } else if (command instanceof Command.Cleared cleared) {
      json.put("round", cleared.answer().round()).put("cycle", cleared.answer().cycle());
      Profiles.write(json, "purchaseKw", cleared.answer().purchaseKw());
      Profiles.write(json, "purchaseKwFrom", cleared.answer().purchaseKwFrom());
    } else if (command instanceof Command.Respond respond) {
      json.put("round", respond.round());
    } else if (command instanceof Command.Offered offered) {
      json.put("round", offered.offer().round());
      Profiles.write(json, offered.offer().position());
    } else if (command instanceof Command.NewTerms terms) {
      write(json.putObject("terms"), terms.terms());
    } else if (command instanceof Command.Bound bound) {
      json.put("round", bound.round());
    } else if (command instanceof Command.Settle settle) {
      write(json, settle.envelopes());
      Profiles.write(json, "purchaseKw", settle.purchaseKw());
    } else if (command instanceof Command.Publish publish) {
      write(json, publish.envelopes());
      json.put("certified", publish.certified());
    } else if (command instanceof Command.Dismiss dismiss) {
      json.put("reason", dismiss.reason());
    }
    return json.toString();
  }

  private static void write(ObjectNode json, Parameters parameters) {
    json.put("start", parameters.horizon().start().toString())
        .put("intervalMinutes", parameters.horizon().intervalMinutes())
        .put("intervals", parameters.horizon().intervals());
    write(json.putObject("terms"), parameters.terms());
    ArrayNode links = json.putArray("links");
    for (TradeLink link : parameters.links()) {
      links
          .addObject()
          .put("first", link.first().value())
          .put("second", link.second().value())
          .put("limitKw", link.limitKw())
          .put("chargePerKwh", link.chargePerKwh());
    }
  }

  private static void write(ObjectNode json, Terms terms) {
    json.put("tradeMethod", Payload.nameOf(terms.tradeMethod()))
        .put("tradePenalty", terms.tradePenalty())
        .put("correctionStep", terms.correctionStep())
        .put("envelopeWeight", terms.envelopeWeight())
        .put("relaxation", terms.relaxation())
        .put("mostCycles", terms.mostCycles())
        .put("mostRounds", terms.mostRounds())
        .put("toleranceKw", terms.toleranceKw())
        .put("tolerancePerKwh", terms.tolerancePerKwh());
  }

  private static void write(ObjectNode json, List<OperatingEnvelope> envelopes) {
    Profiles.write(
        json,
        "importLimitKw",
        Profile.generate(envelopes.size(), t -> envelopes.get(t).importLimitKw()));
    Profiles.write(
        json,
        "exportLimitKw",
        Profile.generate(envelopes.size(), t -> envelopes.get(t).exportLimitKw()));
  }

  /**
   * Reads a command.
   *
   * @param kind last level of its topic
   * @param to who reads it, over which horizon, at which retail prices
   * @throws DeviceLinkException if it does not fit
   */
  static Command read(String kind, Payload json, ProsumerId to, Horizon horizon, Tariff tariff) {
    int intervals = horizon.intervals();
    Header.refuseOthers(json, KEYS.getOrDefault(kind, Set.of()));
    return switch (kind) {
      case "opening" -> new Command.Opening(parameters(json, tariff));
      case "propose" ->
          new Command.Propose(round(json), count(json, "cycle"), json.number("accuracy"));
      case "trade-answer" ->
          new Command.Cleared(
              new TradeAnswer(
                  round(json),
                  count(json, "cycle"),
                  to,
                  Profiles.read(json, "purchaseKw", intervals),
                  Profiles.readEach(json, "purchaseKwFrom", intervals)));
      case "respond" -> new Command.Respond(round(json));
      case "offer" ->
          new Command.Offered(new Offer(round(json), to, Profiles.readPosition(json, intervals)));
      case "terms" -> new Command.NewTerms(terms(json.object("terms")));
      case "bound" -> new Command.Bound(round(json));
      case "settle" ->
          new Command.Settle(
              envelopes(json, intervals), Profiles.read(json, "purchaseKw", intervals));
      case "envelope" -> new Command.Publish(envelopes(json, intervals), json.flag("certified"));
      case "dismissal" -> new Command.Dismiss(json.text("reason"));
      default -> throw new DeviceLinkException("no such kind of message: " + kind);
    };
  }

  static int round(Payload json) {
    return count(json, "round");
  }

  static int count(Payload json, String key) {
    long count = json.count(key);
    if (count > Integer.MAX_VALUE) {
      throw json.unfit(key, "must be at most " + Integer.MAX_VALUE);
    }
    return (int) count;
  }

  private static Parameters parameters(Payload json, Tariff tariff) {
    List<TradeLink> links = new ArrayList<>();
    for (Payload link : json.objects("links", MOST_LINKS)) {
      links.add(
          new TradeLink(
              new ProsumerId(link.text("first")),
              new ProsumerId(link.text("second")),
              link.number("limitKw"),
              link.number("chargePerKwh")));
    }
    try {
      Horizon horizon =
          new Horizon(
              LocalDateTime.parse(json.text("start")),
              count(json, "intervalMinutes"),
              count(json, "intervals"));
      return new Parameters(horizon, tariff, terms(json.object("terms")), links);
    } catch (DateTimeException e) {
      throw json.unfit("start", "must be a local date and time");
    }
  }

  private static Terms terms(Payload json) {
    try {
      return new Terms(
          json.oneOf("tradeMethod", Terms.TradeMethod.class),
          json.number("tradePenalty"),
          json.number("correctionStep"),
          json.number("envelopeWeight"),
          json.number("relaxation"),
          count(json, "mostCycles"),
          count(json, "mostRounds"),
          json.number("toleranceKw"),
          json.number("tolerancePerKwh"));
    } catch (IllegalArgumentException e) {
      throw new DeviceLinkException("terms: " + e.getMessage(), e);
    }
  }

  private static List<OperatingEnvelope> envelopes(Payload json, int intervals) {
    Profile imports = Profiles.read(json, "importLimitKw", intervals);
    Profile exports = Profiles.read(json, "exportLimitKw", intervals);
    List<OperatingEnvelope> envelopes = new ArrayList<>();
    for (int t = 0; t < intervals; t++) {
      if (imports.at(t) < 0 || exports.at(t) < 0) {
        throw json.unfit("importLimitKw", "and exportLimitKw must not be negative");
      }
      envelopes.add(new OperatingEnvelope(imports.at(t), exports.at(t)));
    }
    return envelopes;
  }
}
