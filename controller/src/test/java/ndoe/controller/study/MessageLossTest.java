package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.controller.ReferenceDay;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.message.Delivery;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Post;
import ndoe.controller.message.Request;
import ndoe.controller.negotiation.LinearNegotiation;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

/** What lost messages do (method, 17.12). */
class MessageLossTest {
  private static final long SEED = 7;
  private static final int RANDOM_POINTS = 20;

  private final Scenario scenario = ReferenceDay.scenario();
  private final LinearNegotiation negotiation =
      LinearNegotiation.withoutMargins(scenario, new InteriorPointSolver());

  /** Hears every offer. */
  private static final class Offers implements NegotiationListener {
    final List<OperatorDecision> decisions = new ArrayList<>();

    @Override
    public void offered(int round, OperatorDecision decision) {
      decisions.add(decision);
    }
  }

  private Outcome negotiate(Delivery delivery, Offers offers) {
    return negotiation.negotiate(Settings.defaults(0), new Post(delivery, message -> {}), offers);
  }

  @Test
  void messageLossNeitherChangesTheOutcomeMuchNorBreaksALimit() {
    Outcome without = negotiate(Delivery.RELIABLE, new Offers());
    Offers offers = new Offers();
    Outcome with = negotiate(Delivery.losing(0.1, SEED), offers);
    assertTrue(with.effort().agreed());
    assertTrue(with.effort().rounds() > without.effort().rounds(), "nothing was lost");
    assertEquals(without.bounds().upper(), with.bounds().upper(), 0.002 * without.bounds().scale());
    assertTrue(with.bounds().lower() <= without.bounds().upper(), "not a lower bound");
    assertSafe(offers);
  }

  @Test
  void prosumerThatFallsSilentKeepsItsLastOfferWhileTheOthersGoOn() {
    ProsumerId silent = scenario.prosumers().get(0).id();
    List<Offer> toSilent = new ArrayList<>();
    int silentFrom = 3;
    int heardAgain = 10;
    AtomicInteger requests = new AtomicInteger();
    Delivery delivery =
        message -> {
          if (!(message instanceof Request request) || !request.from().equals(silent)) {
            return true;
          }
          int round = requests.incrementAndGet();
          return round < silentFrom || round >= heardAgain;
        };
    Post post =
        new Post(
            delivery,
            message -> {
              if (message instanceof Offer offer && offer.to().equals(silent)) {
                toSilent.add(offer);
              }
            });
    Offers offers = new Offers();
    Outcome outcome = negotiation.negotiate(Settings.defaults(0), post, offers);
    // Its request of round 2 is the last that arrives before it is silent, so the offer of round 1
    // is the last of which the operator knows that it arrived.
    Offer kept = toSilent.get(1);
    for (int round = silentFrom + 2; round < heardAgain; round++) {
      assertEquals(0, toSilent.get(round).position().distanceKw(kept.position()), 0.01);
    }
    assertTrue(outcome.effort().agreed());
    assertSafe(offers);
  }

  private void assertSafe(Offers offers) {
    LinearSafety safety = new LinearSafety(scenario, RANDOM_POINTS);
    for (int round = 0; round < offers.decisions.size(); round++) {
      assertEquals(0, safety.violations(offers.decisions.get(round)), "round " + round);
    }
  }
}
