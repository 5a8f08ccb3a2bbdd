/** The OpenDSS engine in this process; the only package that knows native code. */
package ndoe.cosim.opendss;
