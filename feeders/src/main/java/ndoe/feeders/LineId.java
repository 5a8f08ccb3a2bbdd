package ndoe.feeders;

/** The name of a line of the feeder. */
public record LineId(String value) implements Comparable<LineId> {
  public LineId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("LineId must not be blank");
    }
  }

  @Override
  public int compareTo(LineId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
