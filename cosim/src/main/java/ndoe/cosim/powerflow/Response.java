package ndoe.cosim.powerflow;

/**
 * What a network does, in quantities that are nearly affine in the powers that enter it.
 *
 * @param converged false when there is no solution; then nothing else is meaningful
 * @param squaredVoltagesPu per bus in the feeder’s order, per unit
 * @param realMva of the current into each conductor of each line in turn, times the nominal voltage
 *     and the number of phases, so that it compares with the line’s rating, MVA
 * @param imaginaryMva likewise; angles are against the source
 * @param lossesMw active losses of each line, MW
 */
@SuppressWarnings("ArrayRecordComponent")
public record Response(
    boolean converged,
    double[] squaredVoltagesPu,
    double[] realMva,
    double[] imaginaryMva,
    double[] lossesMw) {

  /** No solution. */
  public static final Response NONE =
      new Response(false, new double[0], new double[0], new double[0], new double[0]);
}
