/** One prosumer: its plan under uncertainty and what it does when the weather differs. */
package ndoe.controller.prosumer;
