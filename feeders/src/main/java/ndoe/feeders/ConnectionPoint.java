package ndoe.feeders;

/**
 * Where a limit applies; several may share a bus.
 *
 * @param tanPhi reactive power drawn per active power drawn, kvar/kW
 * @param importCapacityKw most the connection may ever draw, kW
 * @param exportCapacityKw most the connection may ever feed in, kW
 * @param defaultEnvelope holds when no certified envelope is valid
 */
public record ConnectionPoint(
    ProsumerId prosumer,
    BusId bus,
    double tanPhi,
    double importCapacityKw,
    double exportCapacityKw,
    OperatingEnvelope defaultEnvelope) {}
