package ndoe.controller.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** uPlot as found on the class path: script, style and licence to carry inside the page. */
public record ChartLibrary(String version, String script, String style, String license) {
  private static final String ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String HOME = "META-INF/resources/webjars/uplot/";

  /** Throws IllegalStateException if it is not on the class path. */
  public static ChartLibrary load() {
    Properties about = new Properties();
    try (InputStream content = open(ABOUT)) {
      about.load(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = about.getProperty("version");
    String home = HOME + version + "/";
    return new ChartLibrary(
        version,
        text(home + "dist/uPlot.iife.min.js"),
        text(home + "dist/uPlot.min.css"),
        text(home + "LICENSE"));
  }

  static String text(String resource) {
    try (InputStream content = open(resource)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream content = ChartLibrary.class.getClassLoader().getResourceAsStream(resource);
    if (content == null) {
      throw new IllegalStateException("not on the class path: " + resource);
    }
    return content;
  }
}
