package ndoe.controller.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events to pages, each on a thread of its own; one that takes nothing for long is
 * dropped and may come again.
 */
final class EventStreams implements AutoCloseable {
  static final int MOST = 16;
  private static final long HEARTBEAT_MILLIS = 10_000;
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Feed feed;
  private final Semaphore places = new Semaphore(MOST);
  private final Map<Thread, Long> writing = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "event streams");
            thread.setDaemon(true);
            return thread;
          });

  EventStreams(Feed feed) {
    this.feed = feed;
    var unused = watch.scheduleWithFixedDelay(this::dropStuck, 5, 5, TimeUnit.SECONDS);
  }

  /** Interrupting a thread that writes to a channel closes that. */
  private void dropStuck() {
    writing.forEach(
        (thread, since) -> {
          if (System.nanoTime() - since > STUCK_NANOS) {
            thread.interrupt();
          }
        });
  }

  /** Takes a place for one stream; false when all are taken. */
  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  /**
   * Sends what comes until the visitor goes or the run’s page ends.
   *
   * @param after name of the last message the visitor has
   */
  void serve(HttpExchange exchange, String after) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
    exchange.sendResponseHeaders(200, 0);
    Optional<Long> number = feed.number(after);
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, "retry: 1000\n\n");
      if (number.isEmpty()) {
        write(out, "event: reset\ndata: {}\n\n");
        return;
      }
      follow(out, number.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(OutputStream out, long number) throws IOException, InterruptedException {
    long last = number;
    while (!feed.isClosed() || feed.last() > last) {
      Optional<List<Feed.Message>> news = feed.after(last, HEARTBEAT_MILLIS);
      if (news.isEmpty()) {
        write(out, "event: reset\ndata: {}\n\n");
        return;
      }
      StringBuilder text = new StringBuilder(news.get().isEmpty() ? ": still there\n\n" : "");
      for (Feed.Message message : news.get()) {
        last = message.number();
        text.append("id: ").append(feed.id(last)).append('\n');
        text.append("event: ").append(message.type()).append('\n');
        text.append("data: ").append(message.json()).append("\n\n");
      }
      write(out, text.toString());
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    writing.put(Thread.currentThread(), System.nanoTime());
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      writing.remove(Thread.currentThread());
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    feed.close();
  }
}
