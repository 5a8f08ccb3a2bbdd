package ndoe.controller.agent;

import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.TradeRequest;
import ndoe.feeders.Profile;

/** What a prosumer says to a command. */
sealed interface Answer {
  /** Last level of the topic it goes over. */
  String kind();

  /** It is at the table, or did what it was told. */
  record Heard() implements Answer {
    @Override
    public String kind() {
      return "heard";
    }
  }

  /** Its wishes to trade. */
  record Wishes(TradeRequest request) implements Answer {
    @Override
    public String kind() {
      return "trade-request";
    }
  }

  /** How far its plan and trades are apart, or its share of the lower bound. */
  record Reported(Report report) implements Answer {
    @Override
    public String kind() {
      return "report";
    }
  }

  /** Its response to an offer. */
  record Responded(Request request) implements Answer {
    @Override
    public String kind() {
      return "request";
    }
  }

  /**
   * What it intends to do.
   *
   * @param plannedNetImportKw kW per interval
   * @param cost in the scenario’s currency, its share of the upper bound
   */
  record Planned(Profile plannedNetImportKw, double cost) implements Answer {
    @Override
    public String kind() {
      return "plan";
    }
  }

  /** It cannot do what it was told. */
  record Refusal(String reason) implements Answer {
    @Override
    public String kind() {
      return "refusal";
    }
  }
}
