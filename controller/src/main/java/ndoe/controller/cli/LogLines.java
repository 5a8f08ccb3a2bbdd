package ndoe.controller.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One JSON object a line: {@code ts} (UTC), {@code level}, {@code logger}, {@code thread}, {@code
 * message} and, if there is one, {@code error} with its stack trace.
 */
final class LogLines extends Formatter {
  @Override
  public String format(LogRecord entry) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("ts", entry.getInstant().toString())
            .put("level", level(entry.getLevel()))
            .put("logger", entry.getLoggerName())
            .put("thread", Thread.currentThread().getName())
            .put("message", entry.getMessage());
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.put("error", trace.toString());
    }
    return line + "\n";
  }

  /** The levels of the rest of the program, which are those of SLF4J. */
  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (level.intValue() >= Level.INFO.intValue()) {
      return "INFO";
    }
    return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }
}
