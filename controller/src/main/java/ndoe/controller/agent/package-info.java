/**
 * Every party of a negotiation in a process of its own, joined by a broker (method, section 10).
 */
package ndoe.controller.agent;
