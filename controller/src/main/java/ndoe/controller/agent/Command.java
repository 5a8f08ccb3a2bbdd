package ndoe.controller.agent;

import java.util.List;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;

/** What the operator’s side says to one prosumer; each is answered once it was acted on. */
sealed interface Command {
  /** Last level of the topic it goes over. */
  String kind();

  /** Whether the negotiation cannot go on with a prosumer that never got it. */
  default boolean indispensable() {
    return false;
  }

  /** Begins a negotiation. */
  record Opening(Parameters parameters) implements Command {
    @Override
    public String kind() {
      return "opening";
    }

    @Override
    public boolean indispensable() {
      return true;
    }
  }

  /** Asks for its wishes to trade. */
  record Propose(int round, int cycle, double accuracy) implements Command {
    @Override
    public String kind() {
      return "propose";
    }
  }

  /** Tells what the market cleared for it. */
  record Cleared(TradeAnswer answer) implements Command {
    @Override
    public String kind() {
      return "trade-answer";
    }
  }

  /** Asks for its response to the latest offer. */
  record Respond(int round) implements Command {
    @Override
    public String kind() {
      return "respond";
    }
  }

  /** Tells what the operator offers. */
  record Offered(Offer offer) implements Command {
    @Override
    public String kind() {
      return "offer";
    }
  }

  /** Goes on by other terms. */
  record NewTerms(Terms terms) implements Command {
    @Override
    public String kind() {
      return "terms";
    }

    @Override
    public boolean indispensable() {
      return true;
    }
  }

  /** Asks for its share of the lower bound. */
  record Bound(int round) implements Command {
    @Override
    public String kind() {
      return "bound";
    }
  }

  /**
   * Asks for its plan inside an envelope with its trades firm.
   *
   * @param purchaseKw bought from the others, kW per interval
   */
  record Settle(List<OperatingEnvelope> envelopes, Profile purchaseKw) implements Command {
    public Settle {
      envelopes = List.copyOf(envelopes);
    }

    @Override
    public String kind() {
      return "settle";
    }
  }

  /**
   * Puts an envelope into force.
   *
   * @param certified by the judge; without that, the default envelope holds
   */
  record Publish(List<OperatingEnvelope> envelopes, boolean certified) implements Command {
    public Publish {
      envelopes = List.copyOf(envelopes);
    }

    @Override
    public String kind() {
      return "envelope";
    }
  }

  /** Says that nobody counts on it any longer, so that its default envelope holds. */
  record Dismiss(String reason) implements Command {
    @Override
    public String kind() {
      return "dismissal";
    }
  }
}
