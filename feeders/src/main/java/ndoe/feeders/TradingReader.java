package ndoe.feeders;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who may trade with whom and what the network charges for it. */
final class TradingReader {
  private final YamlMap root;
  private final List<ProsumerSite> prosumers;
  private final Optional<FeederTree> tree;

  TradingReader(YamlMap root, List<ProsumerSite> prosumers, Optional<Feeder> feeder) {
    this.root = root;
    this.prosumers = prosumers;
    this.tree = feeder.map(f -> f.isBalanced() ? FeederTree.of(f) : FeederTree.within(f));
  }

  List<TradeLink> read() {
    Optional<YamlMap> trading = root.optionalMap("trading");
    if (trading.isEmpty()) {
      return List.of();
    }
    YamlMap map = trading.get();
    double limitKw = map.number("link_limit_kw", Range.above(0));
    YamlMap charge = map.mapOrEmpty("network_charge_per_kwh");
    double base = charge.number("base", Range.atLeast(0), 0);
    double perDistance = charge.number("distance", Range.atLeast(0), 0);
    List<Pair> pairs = pairs(map);
    if (tree.isEmpty() || root.hasProblems()) {
      return List.of();
    }
    double longest = pairs.stream().mapToDouble(this::impedanceOhm).max().orElse(0);
    return pairs.stream()
        .map(
            pair -> {
              double share = longest > 0 ? impedanceOhm(pair) / longest : 0;
              return new TradeLink(
                  pair.first().id(), pair.second().id(), limitKw, base + perDistance * share);
            })
        .toList();
  }

  /** The links listed one by one in a prosumer’s part. */
  static List<TradeLink> ownLinks(YamlMap root) {
    return root.maps("links", false).stream()
        .map(
            link ->
                new TradeLink(
                    new ProsumerId(link.id("first")),
                    new ProsumerId(link.id("second")),
                    link.number("limit_kw", Range.atLeast(0)),
                    link.number("charge_per_kwh", Range.atLeast(0))))
        .toList();
  }

  private double impedanceOhm(Pair pair) {
    return tree.orElseThrow()
        .impedanceOhm(pair.first().connectionPoint().bus(), pair.second().connectionPoint().bus());
  }

  private List<Pair> pairs(YamlMap map) {
    if (!map.has("links") || map.isScalar("links")) {
      map.oneOf("links", List.of("all"), "\"all\" or a list of pairs [[A, B], …]");
      return allPairs();
    }
    Set<Pair> pairs = new LinkedHashSet<>();
    for (YamlMap.TextList listed : map.textLists("links")) {
      pair(map, listed)
          .filter(pair -> !pairs.add(pair))
          .ifPresent(twice -> map.problemAt(listed, "this pair is given twice"));
    }
    return new ArrayList<>(pairs);
  }

  private List<Pair> allPairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < prosumers.size(); i++) {
      for (int j = i + 1; j < prosumers.size(); j++) {
        pairs.add(new Pair(prosumers.get(i), prosumers.get(j)));
      }
    }
    return pairs;
  }

  /** The prosumers of a listed pair in the order of the scenario. */
  private Optional<Pair> pair(YamlMap map, YamlMap.TextList listed) {
    List<String> known = prosumers.stream().map(site -> site.id().value()).toList();
    if (listed.texts().size() != 2 || listed.texts().get(0).equals(listed.texts().get(1))) {
      map.problemAt(
          listed, "found %s; allowed is a pair of two prosumers".formatted(listed.texts()));
      return Optional.empty();
    }
    boolean allKnown = true;
    for (String id : listed.texts()) {
      if (!known.contains(id)) {
        map.problemAt(listed, "%s is no prosumer; %s".formatted(id, NearNames.advice(id, known)));
        allKnown = false;
      }
    }
    if (!allKnown) {
      return Optional.empty();
    }
    int one = known.indexOf(listed.texts().get(0));
    int other = known.indexOf(listed.texts().get(1));
    return Optional.of(
        new Pair(prosumers.get(Math.min(one, other)), prosumers.get(Math.max(one, other))));
  }

  private record Pair(ProsumerSite first, ProsumerSite second) {}
}
