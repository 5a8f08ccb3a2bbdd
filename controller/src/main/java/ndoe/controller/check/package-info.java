/** What is wrong with input files, and what they ask for, before anything starts. */
package ndoe.controller.check;
