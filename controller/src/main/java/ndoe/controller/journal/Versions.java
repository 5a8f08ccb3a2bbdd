package ndoe.controller.journal;

/**
 * What made a run.
 *
 * @param ndoe version of this program
 * @param engine name and version of the power flow engine
 */
public record Versions(String ndoe, String java, String os, String engine) {

  /** The given versions with the Java and operating system that run this. */
  public static Versions here(String ndoe, String engine) {
    return new Versions(
        ndoe,
        "%s (%s)".formatted(property("java.version"), property("java.vendor")),
        "%s %s (%s)".formatted(property("os.name"), property("os.version"), property("os.arch")),
        engine);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
