package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.powerflow.PowerFlowException;

/**
 * Does the same for every interval with a few threads, each with a power flow of its own.
 *
 * @param engine makes the power flow of one thread
 */
record IntervalWork(Supplier<PowerFlow> engine, int threads, int intervals) {
  private static final long STOP_SECONDS = 60;

  /** Work on one interval; the result must depend on nothing else. */
  @FunctionalInterface
  interface Work<R> {
    R at(int interval, PowerFlow powerFlow);
  }

  /**
   * Results by interval.
   *
   * @param progress hears the number of intervals done, one call at a time
   */
  <R> List<R> run(Work<R> work, IntConsumer progress) {
    AtomicReferenceArray<R> results = new AtomicReferenceArray<>(intervals);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          try (PowerFlow powerFlow = engine.get()) {
            for (int each = next.getAndIncrement();
                each < intervals && !Thread.currentThread().isInterrupted();
                each = next.getAndIncrement()) {
              results.set(each, work.at(each, powerFlow));
              synchronized (done) {
                progress.accept(done.incrementAndGet());
              }
            }
          }
          return null;
        };
    runAll(worker);
    List<R> inOrder = new ArrayList<>();
    for (int interval = 0; interval < intervals; interval++) {
      inOrder.add(results.get(interval));
    }
    return inOrder;
  }

  private void runAll(Callable<Void> worker) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "ac-judge");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Void>> workers = new ArrayList<>();
      for (int each = 0; each < Math.min(threads, intervals); each++) {
        workers.add(pool.submit(worker));
      }
      for (Future<Void> each : workers) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new PowerFlowException("a power flow failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowerFlowException("interrupted before the verdict", e);
    } finally {
      stop(pool);
    }
  }

  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new PowerFlowException("a power flow did not end within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
