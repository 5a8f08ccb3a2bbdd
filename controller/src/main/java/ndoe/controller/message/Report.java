package ndoe.controller.message;

/**
 * What a party tells the coordinator after a round: how far it is from the others and, when asked,
 * its share of the bounds. Never more than these four numbers.
 *
 * @param mismatchKw largest difference to what it should agree with, kW
 * @param movementPerKwh largest movement of a coupled quantity, as the price that pays for it,
 *     currency per kWh
 * @param cost what its present position costs it, in the scenario’s currency
 * @param lower its share of the lower bound, in the scenario’s currency; NaN when not asked
 */
public record Report(
    int round, String from, double mismatchKw, double movementPerKwh, double cost, double lower)
    implements Message {
  @Override
  public int numbers() {
    return 4;
  }
}
