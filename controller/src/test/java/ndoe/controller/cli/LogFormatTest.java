package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LogFormatTest {

  private static LogFormat of(String environment, String... arguments) {
    return LogFormat.of(arguments, Optional.ofNullable(environment));
  }

  @Test
  void isWhatTheArgumentsAskForElseTheEnvironmentElseText() {
    assertEquals(LogFormat.TEXT, of(null, "run", "day.yaml"));
    assertEquals(LogFormat.JSON, of("json", "run"));
    assertEquals(LogFormat.JSON, of(null, "run", "--log-format", "json"));
    assertEquals(LogFormat.JSON, of("text", "--log-format=JSON", "run"));
    assertEquals(LogFormat.TEXT, of("json", "run", "--log-format=text"));
  }

  @Test
  void isRefusedByTheCommandLineWhenThereIsNoSuchFormat() {
    StringWriter err = new StringWriter();
    CommandLine line = Ndoe.commandLine().setErr(new PrintWriter(err));
    assertEquals(Ndoe.BAD_INPUT, line.execute("--log-format", "xml", "run"));
    assertTrue(err.toString().contains("xml"), err.toString());
    assertTrue(err.toString().contains("text, json"), err.toString());
  }

  @Test
  void writesOneObjectALineWithTheErrorInside() throws IOException {
    LogRecord entry = new LogRecord(Level.WARNING, "a \"quoted\" {0}\nsecond line");
    entry.setLoggerName("ndoe.devices.guard.Guard");
    entry.setInstant(Instant.parse("2026-01-01T00:00:00.5Z"));
    entry.setThrown(new IllegalStateException("broken"));
    String line = new LogLines().format(entry);
    assertEquals(line.length() - 1, line.indexOf('\n'));
    JsonNode read = new JsonMapper().readTree(line);
    assertEquals("2026-01-01T00:00:00.500Z", read.path("ts").asText());
    assertEquals("WARN", read.path("level").asText());
    assertEquals("ndoe.devices.guard.Guard", read.path("logger").asText());
    assertEquals(Thread.currentThread().getName(), read.path("thread").asText());
    assertEquals("a \"quoted\" {0}\nsecond line", read.path("message").asText());
    assertTrue(read.path("error").asText().startsWith("java.lang.IllegalStateException: broken\n"));
    entry.setThrown(null);
    assertFalse(new JsonMapper().readTree(new LogLines().format(entry)).has("error"));
  }
}
