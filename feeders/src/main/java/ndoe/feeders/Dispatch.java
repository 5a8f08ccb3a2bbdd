package ndoe.feeders;

import java.util.Map;

/**
 * One way the prosumers may use their envelopes: the draw of each over the horizon.
 *
 * @param name says which sample or plan this is, for violations and reports
 * @param netImportKw per prosumer, kW per interval, negative when feeding in
 */
public record Dispatch(String name, Map<ProsumerId, Profile> netImportKw) {
  public Dispatch {
    netImportKw = Map.copyOf(netImportKw);
  }
}
