/** The command line. */
package ndoe.controller.cli;
