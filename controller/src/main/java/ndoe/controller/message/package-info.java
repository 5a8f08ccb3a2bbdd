/** What the parties of a negotiation tell each other, and nothing else (method, section 10). */
package ndoe.controller.message;
