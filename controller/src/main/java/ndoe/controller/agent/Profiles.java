package ndoe.controller.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import ndoe.controller.message.EnvelopePosition;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** Profiles as JSON; every number arrives as the same double it was. */
final class Profiles {
  private static final int MOST_PARTNERS = 1000;

  private Profiles() {}

  static void write(ObjectNode json, String key, Profile profile) {
    ArrayNode values = json.putArray(key);
    profile.stream().forEach(values::add);
  }

  static void write(ObjectNode json, String key, Map<ProsumerId, Profile> profiles) {
    ArrayNode list = json.putArray(key);
    profiles.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              ObjectNode each = list.addObject().put("from", entry.getKey().value());
              write(each, "kw", entry.getValue());
            });
  }

  static void write(ObjectNode json, EnvelopePosition position) {
    write(json, "importLimitKw", position.importLimitKw());
    write(json, "exportLimitKw", position.exportLimitKw());
    write(json, "netImportKw", position.netImportKw());
  }

  static Profile read(Payload json, String key, int intervals) {
    return Profile.of(json.numbers(key, intervals));
  }

  static Map<ProsumerId, Profile> readEach(Payload json, String key, int intervals) {
    Map<ProsumerId, Profile> profiles = new LinkedHashMap<>();
    for (Payload each : json.objects(key, MOST_PARTNERS)) {
      profiles.put(new ProsumerId(each.text("from")), read(each, "kw", intervals));
    }
    return profiles;
  }

  static EnvelopePosition readPosition(Payload json, int intervals) {
    return new EnvelopePosition(
        read(json, "importLimitKw", intervals),
        read(json, "exportLimitKw", intervals),
        read(json, "netImportKw", intervals));
  }
}
