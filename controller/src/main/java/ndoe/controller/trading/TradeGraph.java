package ndoe.controller.trading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

/** Who may trade with whom, by position; of a link the first sells when its trade is positive. */
final class TradeGraph {
  private final List<ProsumerId> prosumers;
  private final List<TradeLink> links;
  private final int[] seller;
  private final int[] buyer;

  TradeGraph(List<ProsumerId> prosumers, List<TradeLink> links) {
    this.prosumers = List.copyOf(prosumers);
    this.links = List.copyOf(links);
    Map<ProsumerId, Integer> positions = new HashMap<>();
    prosumers.forEach(id -> positions.put(id, positions.size()));
    seller = links.stream().mapToInt(link -> positions.get(link.first())).toArray();
    buyer = links.stream().mapToInt(link -> positions.get(link.second())).toArray();
  }

  List<ProsumerId> prosumers() {
    return prosumers;
  }

  /** The same with no trade on any link of a prosumer. */
  TradeGraph closing(ProsumerId prosumer) {
    return new TradeGraph(
        prosumers,
        links.stream()
            .map(
                link ->
                    link.first().equals(prosumer) || link.second().equals(prosumer)
                        ? new TradeLink(link.first(), link.second(), 0, link.chargePerKwh())
                        : link)
            .toList());
  }

  /** Everybody a prosumer has a link with. */
  List<ProsumerId> partnersOf(ProsumerId prosumer) {
    return links.stream()
        .filter(link -> link.first().equals(prosumer) || link.second().equals(prosumer))
        .map(link -> link.first().equals(prosumer) ? link.second() : link.first())
        .toList();
  }

  TradeLink link(int m) {
    return links.get(m);
  }

  int links() {
    return seller.length;
  }

  int seller(int m) {
    return seller[m];
  }

  int buyer(int m) {
    return buyer[m];
  }

  double limitMw(int m) {
    return links.get(m).limitKw() / 1000;
  }

  /** Network charge, thousands of the currency per MWh. */
  double charge(int m) {
    return links.get(m).chargePerKwh();
  }

  /** What everybody buys at these trades, MW. */
  double[] purchases(double[] trade) {
    double[] purchase = new double[prosumers.size()];
    for (int m = 0; m < trade.length; m++) {
      purchase[buyer[m]] += trade[m];
      purchase[seller[m]] -= trade[m];
    }
    return purchase;
  }

  /** Most links of any prosumer. */
  int largestDegree() {
    int[] degree = new int[prosumers.size()];
    int largest = 0;
    for (int m = 0; m < seller.length; m++) {
      largest = Math.max(largest, Math.max(++degree[seller[m]], ++degree[buyer[m]]));
    }
    return largest;
  }
}
