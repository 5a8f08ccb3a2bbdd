/** What the real feeder would do now, from measured powers. */
package ndoe.cosim.twin;
