package ndoe.controller.cli;

import java.io.PrintWriter;

/** A bar that moves on a terminal; elsewhere there is none. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean interactive = Boolean.getBoolean("ndoe.terminal");

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  boolean interactive() {
    return interactive;
  }

  /** Replaces the line the cursor is in. */
  void draw(int done, int of, String state) {
    if (interactive) {
      int filled = WIDTH * done / of;
      out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + state);
      out.flush();
    }
  }

  /** Leaves no trace of the bar. */
  void clear() {
    if (interactive) {
      // Erases the line the cursor is in, as every terminal since the VT100 does.
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
