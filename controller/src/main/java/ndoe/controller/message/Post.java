package ndoe.controller.message;

import java.util.Optional;
import java.util.function.Consumer;

/** Carries messages between the parties and counts them; single-threaded. */
public final class Post {
  private final Delivery delivery;
  private final Consumer<Message> copy;
  private long messages;
  private long payloadBytes;

  /**
   * Loses what a policy says.
   *
   * @param copy is handed every message that is sent, to be read by somebody who is allowed to read
   *     all, such as a test
   */
  public Post(Delivery delivery, Consumer<Message> copy) {
    this.delivery = delivery;
    this.copy = copy;
  }

  /** Loses nothing. */
  public Post(Consumer<Message> copy) {
    this(Delivery.RELIABLE, copy);
  }

  public Post() {
    this(message -> {});
  }

  /** Whether a message may fail to arrive unless it is repeated. */
  public boolean mayLose() {
    return delivery != Delivery.RELIABLE;
  }

  /** Repeats a message until it arrives. */
  public <M extends Message> M carry(M message) {
    while (send(message).isEmpty()) {
      // Every attempt counts as a message.
    }
    return message;
  }

  /** Sends a message once; it arrives or not, and the sender is not told. */
  public <M extends Message> Optional<M> send(M message) {
    messages++;
    payloadBytes += (long) message.numbers() * Message.NUMBER_BYTES;
    copy.accept(message);
    return delivery.arrives(message) ? Optional.of(message) : Optional.empty();
  }

  /** Repeats a message until it arrives, or sends it once. */
  public <M extends Message> Optional<M> send(M message, boolean repeating) {
    return repeating ? Optional.of(carry(message)) : send(message);
  }

  public long messages() {
    return messages;
  }

  /** Numbers carried, 8 bytes each, without any encoding or address. */
  public long payloadBytes() {
    return payloadBytes;
  }
}
