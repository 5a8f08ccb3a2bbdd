/** Who pays whom for what was agreed (method, section 9). */
package ndoe.controller.settlement;
