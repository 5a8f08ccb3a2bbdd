/** The linear network the negotiation reasons with. */
package ndoe.controller.network;
