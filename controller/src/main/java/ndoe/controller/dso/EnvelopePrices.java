package ndoe.controller.dso;

import java.util.List;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * Prices of one prosumer’s envelope (method, section 9), per interval.
 *
 * @param importPerKwh −v, the price both sides agreed on, currency per kWh of limit
 * @param exportPerKwh the same for the export limit
 * @param importParts why, by the operator’s own duals
 * @param exportParts why, by the operator’s own duals
 */
public record EnvelopePrices(
    ProsumerId prosumer,
    Profile importPerKwh,
    Profile exportPerKwh,
    List<EnvelopePrice> importParts,
    List<EnvelopePrice> exportParts) {
  public EnvelopePrices {
    importParts = List.copyOf(importParts);
    exportParts = List.copyOf(exportParts);
  }
}
