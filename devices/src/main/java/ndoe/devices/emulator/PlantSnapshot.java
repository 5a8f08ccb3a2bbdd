package ndoe.devices.emulator;

/**
 * What the physics of an emulated device stands at, to go on in another process. Curves, faults and
 * a running reversion timer are not part of it: they belong to the link that is lost.
 *
 * @param askedKw limit or setpoint it heads for, kW, injection positive
 * @param controlKw limit or setpoint it has got to, kW, injection positive
 * @param controlTargetKw where its ramp heads for, kW, injection positive
 * @param storedKwh in the store, kWh
 * @param injectedKwh given since the start, kWh
 * @param drawnKwh taken since the start, kWh
 * @param availableKw what sun, wind or fuel allow, kW; may be infinite
 * @param demandKw of a load, kW
 * @param demandKvar of a load, kvar, inductive positive
 * @param voltagePu at the terminals, per unit
 * @param supportKvar reactive power by the volt-var curve, kvar
 * @param supportCapKw what the volt-watt curve leaves, kW
 * @param connected whether it is closed to the grid
 */
public record PlantSnapshot(
    double askedKw,
    double controlKw,
    double controlTargetKw,
    double storedKwh,
    double injectedKwh,
    double drawnKwh,
    double availableKw,
    double demandKw,
    double demandKvar,
    double voltagePu,
    double supportKvar,
    double supportCapKw,
    boolean connected) {}
