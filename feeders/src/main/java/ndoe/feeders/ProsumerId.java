package ndoe.feeders;

/** The name of a prosumer, and of its one connection point. */
public record ProsumerId(String value) implements Comparable<ProsumerId> {
  public ProsumerId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("ProsumerId must not be blank");
    }
  }

  @Override
  public int compareTo(ProsumerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
