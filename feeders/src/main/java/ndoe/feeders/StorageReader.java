package ndoe.feeders;

/** Reads what a battery can do. */
final class StorageReader {
  private StorageReader() {}

  static StorageRating read(YamlMap map) {
    YamlMap soc = map.mapOrEmpty("soc");
    Range fraction = Range.between(0, 1);
    double min = soc.number("min", fraction, 0.1);
    double max = soc.number("max", fraction, 0.9);
    double initial = soc.number("initial", fraction, 0.5);
    if (!(min < max && min <= initial && initial <= max)) {
      map.problem(
          "soc",
          "found min %s, initial %s, max %s; allowed is min ≤ initial ≤ max and min < max"
              .formatted(min, initial, max));
    }
    return new StorageRating(
        map.number("power_kw", Range.above(0)),
        map.number("energy_kwh", Range.above(0)),
        map.number("efficiency", Range.aboveUpTo(0, 1), 0.95),
        min,
        max,
        initial,
        map.number("wear_per_kwh", Range.atLeast(0), 0));
  }
}
