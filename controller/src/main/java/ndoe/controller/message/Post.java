package ndoe.controller.message;

import java.util.function.Consumer;

/** Carries messages between the parties and counts them; single-threaded. */
public final class Post {
  private final Consumer<Message> copy;
  private long messages;
  private long payloadBytes;

  /** Hands a copy of every message to somebody who is allowed to read all, such as a test. */
  public Post(Consumer<Message> copy) {
    this.copy = copy;
  }

  public Post() {
    this(message -> {});
  }

  public <M extends Message> M carry(M message) {
    messages++;
    payloadBytes += (long) message.numbers() * Message.NUMBER_BYTES;
    copy.accept(message);
    return message;
  }

  public long messages() {
    return messages;
  }

  /** Numbers carried, 8 bytes each, without any encoding or address. */
  public long payloadBytes() {
    return payloadBytes;
  }
}
