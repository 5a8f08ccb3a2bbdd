package ndoe.controller.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.message.EnvelopePosition;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * Offers, requests and prices of every round of the latest negotiation, to be leafed through; the
 * earliest go when there are too many. May be used from several threads.
 */
final class RoundBook {
  private static final long MOST_CHARACTERS = 48_000_000;

  private final List<ProsumerId> customers;
  private final double intervalHours;
  private final Map<Integer, String> pages = new LinkedHashMap<>();
  private long characters;

  RoundBook(RunSubject subject) {
    customers = subject.customers().stream().map(RunSubject.Customer::id).toList();
    intervalHours = subject.horizon().intervalHours();
  }

  /** What one round said, as far as it is known. */
  record Page(
      int round,
      EnvelopePlan offers,
      Map<ProsumerId, EnvelopePosition> requests,
      List<EnvelopePrices> prices) {
    Page {
      requests = Map.copyOf(requests);
      prices = List.copyOf(prices);
    }
  }

  synchronized void clear() {
    pages.clear();
    characters = 0;
  }

  synchronized Optional<String> page(int round) {
    return Optional.ofNullable(pages.get(round));
  }

  /**
   * Keeps a round.
   *
   * @return per prosumer: area offered and asked for, kWh, how far both are apart, kW
   */
  ArrayNode add(Page page) {
    Map<ProsumerId, EnvelopePrices> prices = new HashMap<>();
    page.prices().forEach(price -> prices.put(price.prosumer(), price));
    ObjectNode all = Json.object().put("round", page.round());
    ArrayNode points = all.putArray("points");
    ArrayNode asked = Json.array();
    for (ProsumerId id : customers) {
      ObjectNode one = points.addObject();
      ArrayNode sums = asked.addArray();
      EnvelopePosition offer = position(page.offers().of(id));
      one.set("offer", lists(offer));
      sums.add(Json.kw(areaKwh(offer)));
      EnvelopePosition request = page.requests().get(id);
      if (request != null
          && request.importLimitKw().intervals() == offer.importLimitKw().intervals()) {
        one.set("request", lists(request));
        sums.add(Json.kw(areaKwh(request))).add(Json.kw(offer.distanceKw(request)));
      }
      EnvelopePrices price = prices.get(id);
      if (price != null) {
        ObjectNode parts = one.putObject("price");
        parts.set("imp", Json.fines(price.importPerKwh().stream()));
        parts.set("exp", Json.fines(price.exportPerKwh().stream()));
      }
    }
    keep(page.round(), all.toString());
    return asked;
  }

  private synchronized void keep(int round, String json) {
    pages.put(round, json);
    characters += json.length();
    while (characters > MOST_CHARACTERS && pages.size() > 1) {
      int first = pages.keySet().iterator().next();
      characters -= pages.remove(first).length();
    }
  }

  private static EnvelopePosition position(PointPlan point) {
    List<OperatingEnvelope> envelopes = point.envelopes();
    return new EnvelopePosition(
        Profile.generate(envelopes.size(), t -> envelopes.get(t).importLimitKw()),
        Profile.generate(envelopes.size(), t -> envelopes.get(t).exportLimitKw()),
        point.plannedNetImportKw());
  }

  private double areaKwh(EnvelopePosition position) {
    return intervalHours
        * IntStream.range(0, position.importLimitKw().intervals())
            .mapToDouble(t -> position.importLimitKw().at(t) + position.exportLimitKw().at(t))
            .sum();
  }

  private static ObjectNode lists(EnvelopePosition position) {
    ObjectNode lists = Json.object();
    lists.set("imp", Json.kws(position.importLimitKw().stream()));
    lists.set("exp", Json.kws(position.exportLimitKw().stream()));
    lists.set("plan", Json.kws(position.netImportKw().stream()));
    return lists;
  }
}
