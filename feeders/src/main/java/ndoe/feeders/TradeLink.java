package ndoe.feeders;

/**
 * Two prosumers who may trade with each other.
 *
 * @param limitKw most that may flow on the contract, kW
 * @param chargePerKwh network charge on what is traded, currency/kWh
 */
public record TradeLink(ProsumerId first, ProsumerId second, double limitKw, double chargePerKwh) {}
