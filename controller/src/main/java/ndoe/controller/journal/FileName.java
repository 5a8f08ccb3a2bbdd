package ndoe.controller.journal;

import java.nio.charset.StandardCharsets;

/** Names that are safe as one path element on every operating system. */
final class FileName {
  private static final int LONGEST = 60;

  private FileName() {}

  /** A readable name: everything unusual becomes a dash; different names may become the same. */
  static String readable(String name) {
    String dashed = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    String cut = dashed.substring(0, Math.min(LONGEST, dashed.length()));
    String trimmed = cut.replaceAll("^[.-]+|[.-]+$", "");
    return trimmed.isEmpty() ? "run" : trimmed;
  }

  /** A name that stays different for different ids: unusual bytes are written as {@code %2F}. */
  static String unique(String id) {
    StringBuilder name = new StringBuilder();
    for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      boolean plain =
          character < 128 && (Character.isLetterOrDigit(character) || "_-".indexOf(character) >= 0);
      name.append(plain ? String.valueOf(character) : "%%%02X".formatted((int) character));
    }
    return name.toString();
  }
}
