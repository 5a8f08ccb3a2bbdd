package ndoe.controller.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import ndoe.controller.message.Terms;
import ndoe.feeders.Horizon;
import ndoe.feeders.Tariff;
import ndoe.feeders.TradeLink;

/**
 * What operator and one prosumer have to have in common before their messages mean anything.
 *
 * @param links of this prosumer
 */
record Parameters(Horizon horizon, Tariff tariff, Terms terms, List<TradeLink> links) {
  Parameters {
    links = List.copyOf(links);
  }

  Parameters with(Terms others) {
    return new Parameters(horizon, tariff, others, links);
  }

  /** SHA-256 of all of them, in hexadecimal; it goes with every message. */
  String sha() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
