/** What a run recorded, as files for other programs. */
package ndoe.controller.export;
