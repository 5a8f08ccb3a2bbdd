package ndoe.controller.dso;

import ndoe.controller.program.Variable;

/**
 * What a decision adds to the power drawn.
 *
 * @param places positions of the buses that share it equally
 * @param perUnit power drawn per unit of the variable
 */
record NominalDraw(int[] places, Variable variable, double perUnit) {}
