/** How a setpoint reaches a device and a measurement comes back. */
package ndoe.devices;
