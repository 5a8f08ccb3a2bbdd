/** The distribution system operator: which envelopes its network can offer. */
package ndoe.controller.dso;
