package ndoe.cosim.validation;

import ndoe.feeders.Profile;

/**
 * One way all connection points use their envelopes at once; with the passive loads and assets of
 * its interval it can be solved again.
 *
 * @param name as {@link Violation#point} says it
 * @param netImportKw drawn by each connection point in the order of the case, kW, negative when
 *     feeding in
 * @param reactivePowerKvar drawn by each connection point, kvar, negative when feeding in
 */
public record OperatingPoint(String name, Profile netImportKw, Profile reactivePowerKvar) {
  static OperatingPoint of(String name, Exchange exchange) {
    return new OperatingPoint(
        name, Profile.of(exchange.netImportKw()), Profile.of(exchange.reactivePowerKvar()));
  }
}
