package ndoe.controller.agent;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what one side of a negotiation sent and received and how long it waited; may be used by
 * several threads.
 */
public final class Traffic {
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder repeated = new LongAdder();

  private final Waiting waiting = new Waiting();

  /** How long it waits for answers. */
  Waiting waiting() {
    return waiting;
  }

  void count(String payload) {
    messages.increment();
    bytes.add(payload.getBytes(StandardCharsets.UTF_8).length);
  }

  void countRepeated() {
    repeated.increment();
  }

  /** Messages sent and received, repeated ones included. */
  public long messages() {
    return messages.sum();
  }

  /** Characters of them as UTF-8, without topics and what the protocol adds. */
  public long bytes() {
    return bytes.sum();
  }

  /** Messages that were sent again because no answer came. */
  public long repeated() {
    return repeated.sum();
  }
}
