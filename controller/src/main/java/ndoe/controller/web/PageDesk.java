package ndoe.controller.web;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread a page’s state belongs to. Whoever brings news leaves it here and goes on at once;
 * trouble with the page stays here.
 */
final class PageDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageDesk.class);
  private static final int MOST_WAITING = 20_000;
  private static final int PATIENCE_SECONDS = 10;

  private final PageState state;
  private final Clock clock;
  private final AtomicBoolean lost = new AtomicBoolean();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread made = new Thread(task, "live page");
            made.setDaemon(true);
            return made;
          });

  PageDesk(PageState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Takes news without waiting; leaves it out when far too much of it waits already. */
  void tell(Consumer<PageState> news) {
    try {
      thread.execute(() -> attempt(news));
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        lost.set(true);
      }
    }
  }

  private void attempt(Consumer<PageState> news) {
    try {
      news.accept(state);
      if (lost.getAndSet(false)) {
        state.event(now(), "warning", "", "the page could not keep up: it left something out");
      }
    } catch (RuntimeException e) {
      LOG.error("live page", e);
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** The page as it is; throws IllegalStateException when that takes too long. */
  String snapshot() {
    return ask(() -> state.snapshot(now().toEpochMilli()));
  }

  private <T> T ask(Callable<T> question) {
    try {
      return thread.submit(question).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw new IllegalStateException("the page is not to be had: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What was told before is done; nothing more is heard. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
