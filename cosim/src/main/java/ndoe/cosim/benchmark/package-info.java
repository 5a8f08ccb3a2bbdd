/** How fast a power flow is, against what the engine can do at most. */
package ndoe.cosim.benchmark;
