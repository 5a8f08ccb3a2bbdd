package ndoe.controller.prosumer;

/**
 * What a prosumer’s devices do in one interval.
 *
 * @param netImportKw exchange with the network, kW, positive when drawing
 * @param batteryKw injection of the battery, kW, negative when charging
 * @param vehicleKw draw of the vehicle, kW
 * @param flexibleKw draw of the shiftable load, kW
 * @param turbineKw injection of the micro-turbine, kW
 * @param curtailedKw PV and wind not used, kW
 * @param shedKw load not served, kW
 */
public record DeviceSchedule(
    double netImportKw,
    double batteryKw,
    double vehicleKw,
    double flexibleKw,
    double turbineKw,
    double curtailedKw,
    double shedKw) {}
