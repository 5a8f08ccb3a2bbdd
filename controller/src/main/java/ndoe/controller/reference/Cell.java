package ndoe.controller.reference;

/** Text for a cell of a Markdown table. */
final class Cell {
  private Cell() {}

  /** On one line, with what the table or HTML would take for their own escaped. */
  static String of(String text) {
    return text.replaceAll("\\s+", " ")
        .strip()
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
