package ndoe.controller.negotiation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.controller.OtherScenarios;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.Message;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads everything that was said in a negotiation. */
class PrivacyTest {
  @TempDir Path temp;

  private Scenario day() {
    Scenario changed =
        OtherScenarios.changed(
            temp,
            text ->
                text.replace("2016-06-21T00:00", "2016-06-21T09:00")
                    .replace("intervals: 24", "intervals: 5")
                    .replace("scenarios: 10", "scenarios: 4"));
    return OtherScenarios.first(changed, 5);
  }

  private static List<Profile> profiles(Message message) {
    if (message instanceof Offer offer) {
      return profiles(offer.position());
    }
    if (message instanceof Request request) {
      return profiles(request.position());
    }
    if (message instanceof TradeRequest request) {
      List<Profile> profiles = new ArrayList<>(request.desiredPurchaseKwFrom().values());
      profiles.add(request.desiredPurchaseKw());
      return profiles;
    }
    if (message instanceof TradeAnswer answer) {
      List<Profile> profiles = new ArrayList<>(answer.purchaseKwFrom().values());
      profiles.add(answer.purchaseKw());
      return profiles;
    }
    assertTrue(message instanceof Report, message.toString());
    return List.of();
  }

  private static List<Profile> profiles(EnvelopePosition position) {
    return List.of(position.importLimitKw(), position.exportLimitKw(), position.netImportKw());
  }

  @Test
  void noMessageContainsWhatBelongsToOneParty() {
    Scenario day = day();
    Negotiated negotiated = new Negotiated(day, Settings.TERMS);
    List<Profile> secrets = new ArrayList<>();
    for (ProsumerSite site : day.prosumers()) {
      secrets.add(site.loadKw());
      secrets.addAll(site.generationHistoryKw());
      secrets.addAll(
          negotiated.participants.prosumer(site.id()).samples().stream()
              .map(Sample::generationKw)
              .toList());
      secrets.add(negotiated.energyPrices.get(site.id()));
    }
    day.passiveLoads()
        .forEach(
            load -> {
              secrets.add(load.activePowerKw());
              secrets.add(load.reactivePowerKvar());
            });
    secrets.removeIf(secret -> secret.stream().allMatch(value -> value == 0));
    assertFalse(negotiated.messages.isEmpty());
    for (Message message : negotiated.messages) {
      for (Profile said : profiles(message)) {
        for (Profile secret : secrets) {
          assertFalse(same(said, secret), message.getClass().getSimpleName() + " tells a secret");
        }
      }
    }
  }

  private static boolean same(Profile a, Profile b) {
    for (int t = 0; t < a.intervals(); t++) {
      if (Math.abs(a.at(t) - b.at(t)) > 1e-6) {
        return false;
      }
    }
    return true;
  }

  @Test
  void everybodyHearsOfItsOwnEnvelopeAndItsOwnLinksOnly() {
    Scenario day = day();
    Negotiated negotiated = new Negotiated(day, Settings.TERMS);
    Map<ProsumerId, Set<ProsumerId>> partners = new java.util.HashMap<>();
    day.tradeLinks()
        .forEach(
            link -> {
              partners.computeIfAbsent(link.first(), id -> new HashSet<>()).add(link.second());
              partners.computeIfAbsent(link.second(), id -> new HashSet<>()).add(link.first());
            });
    for (Message message : negotiated.messages) {
      if (message instanceof TradeAnswer answer) {
        assertTrue(partners.get(answer.to()).containsAll(answer.purchaseKwFrom().keySet()));
      }
    }
  }
}
