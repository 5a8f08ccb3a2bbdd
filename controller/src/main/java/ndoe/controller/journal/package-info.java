/**
 * The run folder: what was asked, what came out, and what was measured on the way.
 *
 * <p>Its files and columns are described in {@code controller/docs/run-folder.md}.
 */
package ndoe.controller.journal;
