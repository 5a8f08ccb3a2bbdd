/** The last line before the wire: nothing reaches a device but through its guard. */
package ndoe.devices.guard;
