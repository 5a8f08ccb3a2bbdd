package ndoe.controller.agent;

import java.util.Locale;
import java.util.regex.Pattern;
import ndoe.feeders.ProsumerId;

/**
 * Where one prosumer hears and speaks in a negotiation. The broker’s access list allows its
 * account, named after it in lower case, these topics and no others.
 *
 * @param negotiation name of the negotiation, the scenario’s unless said otherwise
 */
public record AgentTopics(String negotiation, ProsumerId prosumer) {
  private static final String ROOT = "ndoe/v1/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  public AgentTopics {
    if (!NAME.matcher(negotiation).matches() || !NAME.matcher(prosumer.value()).matches()) {
      throw new IllegalArgumentException(
          "negotiation \"%s\", prosumer \"%s\": allowed are 1 to 64 letters, digits, _ or -"
              .formatted(negotiation, prosumer));
    }
  }

  /** Its account at the broker. */
  public String account() {
    return prosumer.value().toLowerCase(Locale.ROOT);
  }

  /** All that is said to it. */
  public String toFilter() {
    return to("+");
  }

  /** All that anybody says in a negotiation; one filter, so that a broker has little to match. */
  static String fromEverybody(String negotiation) {
    return ROOT + negotiation + "/p/+/from/+";
  }

  String to(String kind) {
    return base() + "/to/" + kind;
  }

  String from(String kind) {
    return base() + "/from/" + kind;
  }

  private String base() {
    return ROOT + negotiation + "/p/" + account();
  }

  /** The account of the prosumer a topic of {@link #fromEverybody} is about. */
  static String accountOf(String topic) {
    int end = topic.lastIndexOf("/from/");
    return topic.substring(topic.lastIndexOf('/', end - 1) + 1, end);
  }

  /** The kind of message a topic is for: its last level. */
  static String kindOf(String topic) {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }
}
