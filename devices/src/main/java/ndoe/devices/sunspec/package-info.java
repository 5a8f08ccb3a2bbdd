/**
 * SunSpec over Modbus: a reader driven by the official model definitions, and the drivers on it.
 * Watts, percent and scale factors live here; kW leave.
 */
package ndoe.devices.sunspec;
