package ndoe.controller.prosumer;

import java.util.Map;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * A prosumer’s side of the inner loop: what its plan costs or earns with the others and at the
 * retailer (method, section 6). MW and thousands of the currency inside.
 */
interface TradeBlock {

  /** Adds what the loop needs to the prosumer’s program; once. */
  void addTo(ConvexProgram.Builder program, ProsumerModel model);

  /** Linear cost of the plan in the next program, thousands per MWh. */
  double planCost(int interval);

  /** Sets other linear costs of the next program. */
  default void setCosts(PreparedProgram prepared) {}

  /**
   * Takes the plan just found.
   *
   * @return the part of the objective that only draws the prosumer to the others, thousands
   */
  double planned(Solution solution);

  /** What the retailer is paid beyond the objective, thousands, after an answer. */
  double retailCost();

  /** What to ask the others for, kW. */
  Profile desiredPurchaseKw();

  /** What to ask each of them for, kW; empty when the market needs no more than the total. */
  default Map<ProsumerId, Profile> desiredPurchaseKwFrom() {
    return Map.of();
  }

  /** Goes on from where a block of the same kind stood on an earlier horizon. */
  void resume(TradeBlock before, HorizonShift shift);

  /** Takes what the market answers. */
  void receive(TradeAnswer answer);

  /** Largest difference between the plan and what is bought, MW, after an answer. */
  double mismatchMw();

  /** Largest movement in the last answer, as the price that pays for it, thousands per MWh. */
  double movement();

  /** Local energy price, between the retailer’s two prices; thousands per MWh. */
  double price(int interval);
}
