package ndoe.controller.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The latest messages to all pages, numbered. Whoever reads too slowly finds its place gone and has
 * to begin with a snapshot; whoever publishes never waits.
 */
final class Feed {
  private static final int MOST_MESSAGES = 4_000;
  private static final long MOST_CHARACTERS = 32_000_000;

  private final String epoch;
  private final Deque<Message> messages = new ArrayDeque<>();
  private long characters;
  private long last;
  private boolean closed;

  /**
   * A message.
   *
   * @param number counted from 1 without a gap
   */
  record Message(long number, String type, String json) {}

  /**
   * An empty feed.
   *
   * @param epoch tells its numbers from those of another process
   */
  Feed(String epoch) {
    this.epoch = epoch;
  }

  synchronized void publish(String type, String json) {
    messages.add(new Message(++last, type, json));
    characters += json.length();
    while (messages.size() > MOST_MESSAGES || characters > MOST_CHARACTERS) {
      characters -= messages.remove().json().length();
    }
    notifyAll();
  }

  /** How a message is named to a browser. */
  String id(long number) {
    return epoch + "-" + number;
  }

  /** The number of the latest message, 0 before the first. */
  synchronized long last() {
    return last;
  }

  /** The number a name stands for; empty if it is not one of this feed. */
  Optional<Long> number(String id) {
    int dash = id.indexOf('-');
    if (dash < 0 || !id.substring(0, dash).equals(epoch) || !id.matches("\\w+-\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(id.substring(dash + 1)));
  }

  /**
   * What came after a message; waits for it.
   *
   * @return nothing if nothing came in time; empty if something that came is gone already
   */
  synchronized Optional<List<Message>> after(long number, long patienceMillis)
      throws InterruptedException {
    if (number > last) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (last == number && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return Optional.of(List.of());
      }
      wait(left);
    }
    if (!messages.isEmpty() && messages.peek().number() > number + 1) {
      return Optional.empty();
    }
    List<Message> news = new ArrayList<>();
    for (var each = messages.descendingIterator(); each.hasNext(); ) {
      Message message = each.next();
      if (message.number() <= number) {
        break;
      }
      news.add(0, message);
    }
    return Optional.of(news);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Nobody waits any longer. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
