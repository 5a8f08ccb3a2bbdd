/** Many devices of many owners, whatever they are linked with. */
package ndoe.devices.fleet;
