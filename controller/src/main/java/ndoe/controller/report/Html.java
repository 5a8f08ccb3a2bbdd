package ndoe.controller.report;

/** Makes text safe to stand in the page. */
public final class Html {
  private Html() {}

  /** For element content and quoted attribute values. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** For JSON inside a script element, where {@code </script>} would end it. */
  public static String json(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
