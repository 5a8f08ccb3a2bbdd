/**
 * Proves before the first run that a device does what it is told, and what it does when it is not.
 */
package ndoe.devices.commissioning;
