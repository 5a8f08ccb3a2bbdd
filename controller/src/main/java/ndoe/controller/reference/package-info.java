/** Reference pages made from the command line and the schemas, so that they cannot be outdated. */
package ndoe.controller.reference;
