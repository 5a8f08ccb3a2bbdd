package ndoe.controller.negotiation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes threads and knows how long they worked, whatever else the machine does meanwhile. */
final class MeteredThreads implements ThreadFactory {
  private static final ThreadMXBean CLOCKS = ManagementFactory.getThreadMXBean();

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final long callerStart = CLOCKS.getCurrentThreadCpuTime();

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "ndoe-party");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /**
   * CPU time of all threads that still live, and of the caller since it made this object; to be
   * asked by the same thread.
   */
  Duration work() {
    long nanos = CLOCKS.getCurrentThreadCpuTime() - callerStart;
    for (Thread thread : threads) {
      nanos += Math.max(0, CLOCKS.getThreadCpuTime(thread.getId()));
    }
    return Duration.ofNanos(nanos);
  }
}
