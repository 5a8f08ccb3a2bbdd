/** A run as one page a browser opens without a network. */
package ndoe.controller.report;
