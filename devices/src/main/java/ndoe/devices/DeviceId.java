package ndoe.devices;

/** The name of a device: lower-case letters, digits, {@code _} and {@code -}; a topic level. */
public record DeviceId(String value) {
  public DeviceId {
    if (!value.matches("[a-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "device id must be 1 to 64 of a-z 0-9 _ -: \"" + value + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
