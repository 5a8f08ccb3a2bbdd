package ndoe.controller.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What may leave a party (method, section 10); a field more than these fails here. */
class MessagePrivacyTest {
  private static final Map<String, String> ALLOWED =
      Map.of(
          "Offer", "int round, ProsumerId to, EnvelopePosition position",
          "Request", "int round, ProsumerId from, EnvelopePosition position",
          "TradeRequest",
              "int round, int cycle, ProsumerId from, Profile desiredPurchaseKw,"
                  + " Map desiredPurchaseKwFrom",
          "TradeAnswer",
              "int round, int cycle, ProsumerId to, Profile purchaseKw, Map purchaseKwFrom",
          "Report",
              "int round, String from, double mismatchKw, double movementPerKwh, double cost,"
                  + " double lower");

  @Test
  void messagesCarryNothingButWhatTheMethodLists() {
    Map<String, String> found = new TreeMap<>();
    for (Class<?> message : Message.class.getPermittedSubclasses()) {
      found.put(message.getSimpleName(), components(message));
    }
    assertEquals(new TreeMap<>(ALLOWED), found);
    assertEquals(
        "Profile importLimitKw, Profile exportLimitKw, Profile netImportKw",
        components(EnvelopePosition.class));
  }

  private static String components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(MessagePrivacyTest::described)
        .collect(Collectors.joining(", "));
  }

  private static String described(RecordComponent component) {
    return component.getType().getSimpleName() + " " + component.getName();
  }
}
