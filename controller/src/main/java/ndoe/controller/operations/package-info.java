/** What people who keep a run going look at and rehearse: health, metrics, faults on purpose. */
package ndoe.controller.operations;
