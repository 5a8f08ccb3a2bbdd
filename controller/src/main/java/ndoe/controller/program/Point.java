package ndoe.controller.program;

/** Values and duals in the order and units of a program, with the signs of {@link Solution}. */
@SuppressWarnings("ArrayRecordComponent")
record Point(double[] x, double[] dual, double[] reducedCost) {}
