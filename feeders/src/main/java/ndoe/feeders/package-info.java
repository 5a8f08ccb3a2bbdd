/** The network, its prosumers and their envelopes: data and readers. */
package ndoe.feeders;
