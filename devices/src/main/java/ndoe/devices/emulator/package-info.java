/** Emulated devices: physics behind a real socket, in place of hardware. */
package ndoe.devices.emulator;
