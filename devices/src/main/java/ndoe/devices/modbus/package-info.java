/**
 * Modbus TCP without benefit of the doubt: a request is sent once, its answer is checked whole, and
 * a connection that gave cause for doubt is closed.
 */
package ndoe.devices.modbus;
