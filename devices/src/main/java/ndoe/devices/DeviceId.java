package ndoe.devices;

import java.util.regex.Pattern;

/** The name of a device: lower-case letters, digits, {@code _} and {@code -}; a topic level. */
public record DeviceId(String value) {
  /** What may be one, and any level of a topic. */
  public static final String ALLOWED = "1 to 64 of a-z 0-9 _ -";

  private static final Pattern LEVEL = Pattern.compile("[a-z0-9_-]{1,64}");

  public DeviceId {
    if (!isAllowed(value)) {
      throw new IllegalArgumentException("device id must be " + ALLOWED + ": \"" + value + "\"");
    }
  }

  /** Whether a text is {@link #ALLOWED} as a device id or another level of a topic. */
  public static boolean isAllowed(String text) {
    return LEVEL.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
