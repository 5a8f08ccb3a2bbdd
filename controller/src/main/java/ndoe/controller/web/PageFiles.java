package ndoe.controller.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import ndoe.controller.report.ChartLibrary;

/** The files of the page, as they are and compressed. */
final class PageFiles {
  private static final String RESOURCES = "ndoe/controller/web/";
  private static final List<String> OWN =
      List.of(
          "live.html",
          "login.html",
          "live.css",
          "live.js",
          "model.js",
          "frames.js",
          "words.js",
          "plots.js",
          "diagram.js",
          "profile.js",
          "prosumers.js",
          "negotiation.js",
          "fleet.js",
          "controls.js");

  private final Map<String, Content> files = new LinkedHashMap<>();

  /** A file of the page. */
  record Content(String type, byte[] plain, byte[] compressed) {}

  PageFiles() {
    OWN.forEach(name -> put(name, read(name)));
    ChartLibrary charts = ChartLibrary.load();
    put("uPlot.js", charts.script());
    put("uPlot.css", charts.style());
    put("uPlot.license.txt", charts.license());
  }

  Optional<Content> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private void put(String name, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    files.put(name, new Content(type(name), plain, compressed(plain)));
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
          case "html" -> "text/html";
          case "css" -> "text/css";
          case "js" -> "text/javascript";
          default -> "text/plain";
        }
        + "; charset=utf-8";
  }

  static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String read(String name) {
    try (InputStream content =
        PageFiles.class.getClassLoader().getResourceAsStream(RESOURCES + name)) {
      if (content == null) {
        throw new IllegalStateException("not on the class path: " + RESOURCES + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
