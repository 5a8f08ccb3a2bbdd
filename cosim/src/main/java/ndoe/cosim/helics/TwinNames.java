package ndoe.cosim.helics;

import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.ProsumerId;

/**
 * The names of everything the twin publishes and subscribes to, all beginning with the feeder’s; a
 * blank or slash in a name is written {@code _}.
 */
record TwinNames(String feeder) {
  static TwinNames of(Feeder feeder) {
    return new TwinNames(part(feeder.name()));
  }

  private static String part(String name) {
    return name.replaceAll("[\\s/]+", "_");
  }

  /** Published; of a feeder with phases the bus has its phase, as in {@code 671.2}. */
  String busVoltage(BusId bus) {
    return feeder + "/bus/" + part(bus.value()) + "/voltage_pu";
  }

  /** Published, of the feeder as a whole. */
  String ofFeeder(String quantity) {
    return feeder + "/" + quantity;
  }

  /** Published, of where a prosumer is connected. */
  String ofPoint(ProsumerId prosumer, String quantity) {
    return feeder + "/connection_point/" + part(prosumer.value()) + "/" + quantity;
  }

  /** Subscribed to. */
  String ofProsumer(ProsumerId prosumer, String quantity) {
    return feeder + "/prosumer/" + part(prosumer.value()) + "/" + quantity;
  }
}
