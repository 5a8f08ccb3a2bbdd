/** The running controller: negotiate, validate, dispatch, measure, feed back, record. */
package ndoe.controller.loop;
