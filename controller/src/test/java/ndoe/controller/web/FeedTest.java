package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {
  private final Feed feed = new Feed("ab12");

  @Test
  void givesWhatCameAfterAMessageInOrder() throws InterruptedException {
    feed.publish("a", "1");
    feed.publish("b", "2");
    feed.publish("c", "3");
    assertEquals(
        List.of("2", "3"),
        feed.after(1, 0).orElseThrow().stream().map(Feed.Message::json).toList());
    assertEquals(List.of(), feed.after(3, 1).orElseThrow());
  }

  @Test
  void saysThatWhatCameIsGone() throws InterruptedException {
    for (int i = 0; i < 5_000; i++) {
      feed.publish("a", "1");
    }
    assertEquals(Optional.empty(), feed.after(10, 0));
    assertEquals(Optional.empty(), feed.after(6_000, 0), "never sent");
    assertEquals(1, feed.after(4_999, 0).orElseThrow().size());
  }

  @Test
  void keepsNoMoreThanItMay() throws InterruptedException {
    String large = "x".repeat(1_000_000);
    for (int i = 0; i < 100; i++) {
      feed.publish("a", large);
    }
    assertTrue(feed.after(90, 0).orElseThrow().size() == 10);
    assertEquals(Optional.empty(), feed.after(10, 0));
  }

  @Test
  void knowsItsOwnNamesOnly() {
    assertEquals(Optional.of(7L), feed.number(feed.id(7)));
    for (String other : List.of("", "7", "cd34-7", "ab12-", "ab12-x", "ab12-1234567890123456789")) {
      assertEquals(Optional.empty(), feed.number(other), other);
    }
  }
}
