/** Is every way of using the envelopes safe on the real feeder? */
package ndoe.cosim.validation;
