/** The market on which prosumers trade with each other (method, section 6). */
package ndoe.controller.trading;
