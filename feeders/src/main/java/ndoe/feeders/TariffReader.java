package ndoe.feeders;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what retail energy costs, constant or by time of day. */
final class TariffReader {
  private static final int SECONDS_PER_DAY = 24 * 3600;

  private final YamlMap map;
  private final Horizon horizon;

  TariffReader(YamlMap map, Horizon horizon) {
    this.map = map;
    this.horizon = horizon;
  }

  Tariff read() {
    String currency = map.text("currency");
    if (map.has("currency") && !currency.matches("[A-Z]{3}")) {
      map.problem("currency", "found %s; allowed is an ISO 4217 code".formatted(currency));
    }
    Profile buy = prices("retail_buy_per_kwh");
    Profile sell = prices("retail_sell_per_kwh");
    for (int t = 0; t < horizon.intervals() && t < buy.intervals() && t < sell.intervals(); t++) {
      if (sell.at(t) > buy.at(t)) {
        map.problem(
            "retail_sell_per_kwh",
            "found %s at %s; allowed is at most the retail buy price, then %s"
                .formatted(sell.at(t), horizon.startOf(t), buy.at(t)));
        break;
      }
    }
    return new Tariff(
        currency,
        buy,
        sell,
        map.number("realtime_buy_factor", Range.atLeast(1), 1.3),
        map.number("realtime_sell_factor", Range.between(0, 1), 0.5));
  }

  private Profile prices(String key) {
    if (!map.has(key) || map.isScalar(key)) {
      return Profile.constant(map.number(key, Range.atLeast(0)), horizon.intervals());
    }
    NavigableMap<Integer, Double> bySecond = new TreeMap<>();
    List<YamlMap> entries = map.maps(key, true);
    LocalTime last = null;
    for (YamlMap entry : entries) {
      LocalTime from = entry.time("from");
      double price = entry.number("price", Range.atLeast(0));
      if (last == null && !from.equals(LocalTime.MIDNIGHT)) {
        entry.problem("from", "found %s; the first must be \"00:00\"".formatted(from));
      }
      if (last != null && !from.isAfter(last)) {
        entry.problem("from", "found %s; must be later than %s".formatted(from, last));
      }
      last = from;
      bySecond.put(from.toSecondOfDay(), price);
    }
    if (entries.isEmpty()) {
      map.problem(key, "needed is a number ≥ 0 or a list of {from, price}");
    }
    bySecond.putIfAbsent(0, 0.0);
    return Profile.generate(horizon.intervals(), t -> mean(bySecond, t));
  }

  /** Time-weighted mean of the prices in force during an interval. */
  private double mean(NavigableMap<Integer, Double> bySecond, int interval) {
    int begin = horizon.startOf(interval).toLocalTime().toSecondOfDay();
    int length = horizon.intervalMinutes() * 60;
    double mean = 0;
    for (int at = begin; at < begin + length; ) {
      int second = at % SECONDS_PER_DAY;
      Map.Entry<Integer, Double> inForce = bySecond.floorEntry(second);
      Integer next = bySecond.higherKey(second);
      int left = (next == null ? SECONDS_PER_DAY : next) - second;
      int lasts = Math.min(left, begin + length - at);
      mean += inForce.getValue() * ((double) lasts / length);
      at += lasts;
    }
    return mean;
  }
}
