/** What the feeder does for given injections. */
package ndoe.cosim.powerflow;
