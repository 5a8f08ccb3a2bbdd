package ndoe.feeders;

/** The name of a bus of the feeder; never an array index. */
public record BusId(String value) implements Comparable<BusId> {
  public BusId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("BusId must not be blank");
    }
  }

  @Override
  public int compareTo(BusId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
