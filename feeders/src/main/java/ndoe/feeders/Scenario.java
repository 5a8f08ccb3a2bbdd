package ndoe.feeders;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** The same under another name. */
  public Scenario named(String name, String description) {
    return changed(name, description, tradeLinks, operator, uncertainty, prosumers);
  }

  /** The same people with other rules of trade among them. */
  public Scenario withTradeLinks(List<TradeLink> links) {
    return changed(name, description, links, operator, uncertainty, prosumers);
  }

  public Scenario withOperator(OperatorData other) {
    return changed(name, description, tradeLinks, other, uncertainty, prosumers);
  }

  public Scenario withUncertainty(Uncertainty other) {
    return changed(name, description, tradeLinks, operator, other, prosumers);
  }

  public Scenario withProsumers(List<ProsumerSite> sites) {
    return changed(name, description, tradeLinks, operator, uncertainty, sites);
  }

  private Scenario changed(
      String name,
      String description,
      List<TradeLink> tradeLinks,
      OperatorData operator,
      Uncertainty uncertainty,
      List<ProsumerSite> prosumers) {
    return new Scenario(
        file,
        namedFiles,
        name,
        description,
        feeder,
        passiveLoads,
        horizon,
        seed,
        tariff,
        tradeLinks,
        operator,
        uncertainty,
        prosumers);
  }

  /**
   * The same over other intervals.
   *
   * @param change of every profile, also of past days; must give one value per interval of the
   *     other horizon
   */
  public Scenario over(Horizon other, UnaryOperator<Profile> change) {
    return new Scenario(
        file,
        namedFiles,
        name,
        description,
        feeder,
        passiveLoads.stream().map(load -> load.mapProfiles(change)).toList(),
        other,
        seed,
        tariff.mapProfiles(change),
        tradeLinks,
        operator,
        uncertainty,
        prosumers.stream().map(site -> site.mapProfiles(change)).toList());
  }
}
