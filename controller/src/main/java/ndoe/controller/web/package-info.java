/** The live page: a run as people see it while it goes on, and what they may do to it. */
package ndoe.controller.web;
