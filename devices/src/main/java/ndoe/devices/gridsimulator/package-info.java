/** Grid simulators driven by SCPI, and real hardware in place of a device of the twin. */
package ndoe.devices.gridsimulator;
