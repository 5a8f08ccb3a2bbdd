package ndoe.cosim.helics;

/** Which HELICS this build carries. */
public final class HelicsVersion {
  private HelicsVersion() {}

  /**
   * What the library says of itself, for example {@code 3.6.1 (2025-02-24)}.
   *
   * @throws FederationException if it cannot be loaded on this machine
   */
  public static String here() {
    HelicsLibrary.start();
    return HelicsLibrary.helicsGetVersion();
  }
}
