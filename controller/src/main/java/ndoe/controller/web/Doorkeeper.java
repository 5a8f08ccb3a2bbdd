package ndoe.controller.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says who a request comes from and whether it comes from the page itself. A visitor has a random
 * token, told by the printed address or given for a password, in a cookie from then on.
 */
final class Doorkeeper {
  private static final int TOKEN_BYTES = 24;
  private static final int MOST_FAILURES = 5;
  private static final long LOCKED_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final SecureRandom CHANCE = new SecureRandom();

  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private final Map<Role, byte[]> passwords = new EnumMap<>(Role.class);
  private final Set<String> names;
  private final int port;
  private final boolean encrypted;
  private final LongSupplier nanos;
  private int failures;
  private long lockedSince;

  /**
   * A doorkeeper with new tokens.
   *
   * @param names under which the page may be asked for, without port, in lower case; keeps out
   *     pages of others whose name was made to point here
   * @param passwords for control and, if there is a second one, to look; none to go by the printed
   *     address
   */
  Doorkeeper(
      Set<String> names, int port, List<String> passwords, boolean encrypted, LongSupplier nanos) {
    this.names = Set.copyOf(names);
    this.port = port;
    this.encrypted = encrypted;
    this.nanos = nanos;
    for (Role role : Role.values()) {
      byte[] token = new byte[TOKEN_BYTES];
      CHANCE.nextBytes(token);
      tokens.put(role, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }
    if (!passwords.isEmpty()) {
      this.passwords.put(Role.CONTROL, digest(passwords.get(0)));
    }
    if (passwords.size() > 1) {
      this.passwords.put(Role.VIEW, digest(passwords.get(1)));
    }
  }

  boolean asksForPassword() {
    return !passwords.isEmpty();
  }

  /** Part of the printed address. */
  String token(Role role) {
    return tokens.get(role);
  }

  /** The role a token stands for, whatever time it takes. */
  Optional<Role> roleOf(String token) {
    byte[] given = digest(token);
    return tokens.entrySet().stream()
        .filter(entry -> MessageDigest.isEqual(given, digest(entry.getValue())))
        .map(Map.Entry::getKey)
        .findAny();
  }

  /** The role a password stands for; nobody’s for a minute after five wrong ones. */
  synchronized Optional<Role> login(String password) {
    if (isLocked()) {
      return Optional.empty();
    }
    byte[] given = digest(password);
    Optional<Role> role =
        passwords.entrySet().stream()
            .filter(entry -> MessageDigest.isEqual(given, entry.getValue()))
            .map(Map.Entry::getKey)
            .findAny();
    failures = role.isPresent() ? 0 : failures + 1;
    if (failures >= MOST_FAILURES) {
      lockedSince = nanos.getAsLong();
    }
    return role;
  }

  synchronized boolean isLocked() {
    if (failures < MOST_FAILURES) {
      return false;
    }
    if (nanos.getAsLong() - lockedSince > LOCKED_NANOS) {
      failures = 0;
      return false;
    }
    return true;
  }

  /** The role of a request’s cookie. */
  Optional<Role> visitor(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(cookieName() + "="))
        .map(cookie -> cookie.substring(cookieName().length() + 1))
        .flatMap(token -> roleOf(token).stream())
        .findAny();
  }

  /** Keeps the visitor’s role from now on. */
  void welcome(HttpExchange exchange, Role role) {
    exchange
        .getResponseHeaders()
        .add(
            "Set-Cookie",
            "%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
                .formatted(cookieName(), token(role), encrypted ? "; Secure" : ""));
  }

  /** Cookies do not know ports. */
  private String cookieName() {
    return "ndoe-" + port;
  }

  /** Whether the request names this server; else its name was made to point here. */
  boolean isMeant(Headers headers) {
    return names.contains(name(headers.getFirst("Host")));
  }

  /** Whether a request that changes something was sent by this page. */
  boolean isOwn(Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    String host = headers.getFirst("Host");
    String own = (encrypted ? "https://" : "http://") + host;
    return own.equals(headers.getFirst("Origin")) && (site == null || site.equals("same-origin"));
  }

  private String name(String host) {
    String given = host == null ? "" : host.toLowerCase(Locale.ROOT);
    String suffix = ":" + port;
    return given.endsWith(suffix) ? given.substring(0, given.length() - suffix.length()) : given;
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
