package ndoe.cosim.helics;

import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;

/**
 * What one connection point draws, and what it may.
 *
 * @param published whether a federate told the active power; else it is as planned
 * @param netImportKw active power drawn, kW, negative when feeding in
 * @param reactiveImportKvar reactive power drawn, kvar
 * @param tanPhiKvar reactive power the scenario’s tan φ says for that active power, kvar
 * @param envelope the limits in force
 */
public record PointExchange(
    ProsumerId prosumer,
    boolean published,
    double netImportKw,
    double reactiveImportKvar,
    double tanPhiKvar,
    OperatingEnvelope envelope) {

  /** How far the exchange is outside the envelope, kW, 0 inside. */
  public double outsideEnvelopeKw() {
    return Math.abs(netImportKw - envelope.nearest(netImportKw));
  }
}
