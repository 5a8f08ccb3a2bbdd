/** Experiments that tell how good a method is, rather than run a day with it. */
package ndoe.controller.study;
