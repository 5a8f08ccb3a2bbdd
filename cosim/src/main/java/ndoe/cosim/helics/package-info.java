/**
 * The feeder’s twin as a federate of a HELICS co-simulation; only this package sees the HELICS
 * library.
 */
package ndoe.cosim.helics;
