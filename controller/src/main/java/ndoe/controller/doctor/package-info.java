/** Whether this machine can do what a run needs, found out by doing it. */
package ndoe.controller.doctor;
