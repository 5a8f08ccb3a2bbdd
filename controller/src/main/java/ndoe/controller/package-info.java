/** Who may use how much, when; the loop, the run folder, the command line. */
package ndoe.controller;
