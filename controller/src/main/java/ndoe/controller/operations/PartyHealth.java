package ndoe.controller.operations;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The health of a party that has no devices of its own: it must reach its broker. */
final class PartyHealth {
  private PartyHealth() {}

  static Health of(BooleanSupplier connected, BooleanSupplier ready, String waitsFor) {
    return new Health(
        () -> connected.getAsBoolean() ? List.of() : List.of("no link to the broker"),
        () -> ready.getAsBoolean() ? List.of() : List.of(waitsFor));
  }
}
