package ndoe.cosim.opendss;

/**
 * Unpacks and loads the engine while something else is done, such as reading a scenario: it takes
 * the better part of a second, once per process. Whether it could be loaded is said to whoever
 * first makes a power flow.
 */
public final class EngineStart implements AutoCloseable {
  private final Thread thread = new Thread(EngineStart::start, "opendss-start");

  private EngineStart() {}

  public static EngineStart inBackground() {
    EngineStart start = new EngineStart();
    start.thread.setDaemon(true);
    start.thread.start();
    return start;
  }

  private static void start() {
    try {
      DssLibrary.start();
    } catch (RuntimeException | LinkageError e) {
      // Tried again, and thrown, when the first power flow is made.
    }
  }

  /** Waits for it, so that no unpacked file is left behind when the process ends. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
