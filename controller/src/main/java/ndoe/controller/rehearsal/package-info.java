/** Faults that a run must survive, made on purpose. */
package ndoe.controller.rehearsal;
