package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Doorkeeper door =
      new Doorkeeper(
          Set.of("127.0.0.1", "[::1]", "lab.example"),
          8443,
          List.of("the one to control", "the one to look"),
          true,
          nanos::get);

  private static Headers headers(String... pairs) {
    Headers headers = new Headers();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  @Test
  void givesEachRoleATokenOfItsOwnThatNobodyGuesses() {
    String control = door.token(Role.CONTROL);
    assertNotEquals(control, door.token(Role.VIEW));
    assertEquals(32, control.length(), "192 bits");
    assertEquals(Optional.of(Role.VIEW), door.roleOf(door.token(Role.VIEW)));
    assertEquals(Optional.empty(), door.roleOf(control.substring(1)));
    assertEquals(Optional.empty(), door.roleOf(""));
  }

  @Test
  void closesForAMinuteAfterFiveWrongPasswords() {
    assertEquals(Optional.of(Role.CONTROL), door.login("the one to control"));
    assertEquals(Optional.of(Role.VIEW), door.login("the one to look"));
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), door.login("guess " + i));
    }
    assertEquals(Optional.empty(), door.login("the one to control"));
    nanos.addAndGet(61_000_000_000L);
    assertEquals(Optional.of(Role.CONTROL), door.login("the one to control"));
  }

  @Test
  void knowsTheNamesItGoesBy() {
    assertTrue(door.isMeant(headers("Host", "LAB.example:8443")));
    assertTrue(door.isMeant(headers("Host", "[::1]:8443")));
    assertFalse(door.isMeant(headers("Host", "lab.example:80")));
    assertFalse(door.isMeant(headers("Host", "lab.example.evil.example:8443")));
    assertFalse(door.isMeant(headers()));
  }

  @Test
  void takesOrdersFromItsOwnPageOnly() {
    String host = "lab.example:8443";
    assertTrue(door.isOwn(headers("Host", host, "Origin", "https://" + host)));
    assertFalse(door.isOwn(headers("Host", host, "Origin", "http://" + host)), "not encrypted");
    assertFalse(
        door.isOwn(
            headers("Host", host, "Origin", "https://" + host, "Sec-Fetch-Site", "cross-site")));
    assertFalse(door.isOwn(headers("Host", host)));
  }
}
