package ndoe.feeders;

/**
 * The name of a bus of the feeder, or of some of its phases as in {@code 671.1.3}; never an array
 * index.
 */
public record BusId(String value) implements Comparable<BusId> {
  public BusId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("BusId must not be blank");
    }
  }

  /** The bus, whichever of its phases are meant. */
  public BusId withoutPhases() {
    int dot = value.indexOf('.');
    return dot <= 0 ? this : new BusId(value.substring(0, dot));
  }

  /**
   * The phase of a node, from 1.
   *
   * @throws NumberFormatException if this is not one node
   */
  public int phase() {
    return Integer.parseInt(value.substring(value.indexOf('.') + 1));
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
