package ndoe.controller.negotiation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with several things at once and waits for all, also when one of them fails. */
public final class Parallel {
  private Parallel() {}

  public static <K, T> Map<K, T> forEach(
      List<K> keys, Function<K, T> work, ExecutorService workers) {
    Map<K, Future<T>> running = new LinkedHashMap<>();
    keys.forEach(key -> running.put(key, workers.submit(() -> work.apply(key))));
    Map<K, T> results = new LinkedHashMap<>();
    RuntimeException failure = null;
    for (var entry : running.entrySet()) {
      try {
        results.put(entry.getKey(), uninterrupted(entry.getValue()));
      } catch (ExecutionException e) {
        failure =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static <T> T uninterrupted(Future<T> future) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
