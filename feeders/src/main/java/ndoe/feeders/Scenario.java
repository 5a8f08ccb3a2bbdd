package ndoe.feeders;

import java.nio.file.Path;
import java.util.List;

/**
 * The day we run: network, people, prices, as read from a scenario file with every default filled
 * in and every profile cut to the horizon.
 *
 * @param file where it was read from
 * @param namedFiles the files it names: feeder script with those it redirects to, profiles
 * @param passiveLoads the loads of the feeder that are not a prosumer’s
 */
public record Scenario(
    Path file,
    List<Path> namedFiles,
    String name,
    String description,
    Feeder feeder,
    List<PassiveLoad> passiveLoads,
    Horizon horizon,
    long seed,
    Tariff tariff,
    List<TradeLink> tradeLinks,
    OperatorData operator,
    Uncertainty uncertainty,
    List<ProsumerSite> prosumers) {
  public Scenario {
    namedFiles = List.copyOf(namedFiles);
    passiveLoads = List.copyOf(passiveLoads);
    tradeLinks = List.copyOf(tradeLinks);
    prosumers = List.copyOf(prosumers);
  }

  public List<ConnectionPoint> connectionPoints() {
    return prosumers.stream().map(ProsumerSite::connectionPoint).toList();
  }
}
