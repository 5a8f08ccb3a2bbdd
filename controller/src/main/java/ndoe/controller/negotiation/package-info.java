/** How operator and prosumers come to certified envelopes. */
package ndoe.controller.negotiation;
