package ndoe.feeders;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of a scenario one prosumer may know: itself, and what is the same for all.
 *
 * @param file where it was read from
 * @param scenario name of the scenario
 * @param links its own, with what they may carry and cost; empty when the file leaves them to the
 *     operator
 */
public record ProsumerPart(
    Path file,
    String scenario,
    ProsumerSite site,
    Horizon horizon,
    Tariff tariff,
    Uncertainty uncertainty,
    Optional<List<TradeLink>> links) {
  public ProsumerPart {
    links = links.map(List::copyOf);
  }

  public ProsumerId id() {
    return site.id();
  }
}
