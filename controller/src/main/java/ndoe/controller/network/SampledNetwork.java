package ndoe.controller.network;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.validation.CornerSensitivities.Sensitivity;

/** The tangent of the AC network at one of its states, as the engine has it. */
public final class SampledNetwork implements LinearNetwork {
  private static final double NEGLIGIBLE_SQUARE = 1e-12;

  private final Sensitivity sensitivity;
  private final int[] columnOf;
  private final int[] firstConductor;
  private final double[] squaredVoltagePu;
  private final double[] firstMva;
  private final double[] secondMva;
  private final double[] lossesPerSquare;

  /**
   * A tangent.
   *
   * @param conductorsPerLine how many flows of the response belong to each line
   */
  SampledNetwork(Sensitivity sensitivity, int[] conductorsPerLine) {
    this.sensitivity = sensitivity;
    Response state = sensitivity.response();
    columnOf = new int[state.squaredVoltagesPu().length];
    Arrays.fill(columnOf, -1);
    for (int column = 0; column < sensitivity.places().length; column++) {
      for (int node : sensitivity.places()[column]) {
        columnOf[node] = column;
      }
    }
    firstConductor = new int[conductorsPerLine.length + 1];
    for (int line = 0; line < conductorsPerLine.length; line++) {
      firstConductor[line + 1] = firstConductor[line] + conductorsPerLine[line];
    }
    squaredVoltagePu = state.squaredVoltagesPu().clone();
    firstMva = state.realMva().clone();
    secondMva = state.imaginaryMva().clone();
    for (int column = 0; column < sensitivity.places().length; column++) {
      Response perMw = sensitivity.perMw()[column];
      Response perMvar = sensitivity.perMvar()[column];
      double mw = sensitivity.injectedMw()[column];
      double mvar = sensitivity.injectedMvar()[column];
      takeAway(squaredVoltagePu, perMw.squaredVoltagesPu(), mw, perMvar.squaredVoltagesPu(), mvar);
      takeAway(firstMva, perMw.realMva(), mw, perMvar.realMva(), mvar);
      takeAway(secondMva, perMw.imaginaryMva(), mw, perMvar.imaginaryMva(), mvar);
    }
    lossesPerSquare = lossesPerSquare(state);
  }

  // What would be there if nothing were injected at the places, by the tangent.
  private static void takeAway(
      double[] values, double[] perMw, double mw, double[] perMvar, double mvar) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= perMw[i] * mw + perMvar[i] * mvar;
    }
  }

  private double[] lossesPerSquare(Response state) {
    double[] perSquare = new double[lines()];
    for (int line = 0; line < perSquare.length; line++) {
      double squares = 0;
      for (int c = firstConductor[line]; c < firstConductor[line + 1]; c++) {
        squares += Math.pow(state.realMva()[c], 2) + Math.pow(state.imaginaryMva()[c], 2);
      }
      perSquare[line] =
          squares > NEGLIGIBLE_SQUARE ? Math.max(0, state.lossesMw()[line] / squares) : 0;
    }
    return perSquare;
  }

  @Override
  public int buses() {
    return columnOf.length;
  }

  @Override
  public int lines() {
    return firstConductor.length - 1;
  }

  @Override
  public double dropPerMw(int bus, int at) {
    return sensitivity.perMw()[column(at)].squaredVoltagesPu()[bus];
  }

  @Override
  public double dropPerMvar(int bus, int at) {
    return sensitivity.perMvar()[column(at)].squaredVoltagesPu()[bus];
  }

  private int column(int at) {
    if (columnOf[at] < 0) {
      throw new IllegalArgumentException("nobody is connected at bus position " + at);
    }
    return columnOf[at];
  }

  @Override
  public double squaredVoltagePu(int bus, double[] drawnMw, double[] drawnMvar) {
    return squaredVoltagePu[bus]
        - change(response -> response.squaredVoltagesPu()[bus], drawnMw, drawnMvar);
  }

  /** What injecting as much as is drawn would change. */
  private double change(ToDoubleFunction<Response> quantity, double[] drawnMw, double[] drawnMvar) {
    double change = 0;
    for (int column = 0; column < sensitivity.places().length; column++) {
      double mw = 0;
      double mvar = 0;
      for (int node : sensitivity.places()[column]) {
        mw += drawnMw[node];
        mvar += drawnMvar[node];
      }
      if (mw != 0) {
        change += mw * quantity.applyAsDouble(sensitivity.perMw()[column]);
      }
      if (mvar != 0) {
        change += mvar * quantity.applyAsDouble(sensitivity.perMvar()[column]);
      }
    }
    return change;
  }

  @Override
  public int conductors(int line) {
    return firstConductor[line + 1] - firstConductor[line];
  }

  @Override
  public double firstMva(int line, int conductor, double[] drawnMw, double[] drawnMvar) {
    int number = firstConductor[line] + conductor;
    return firstMva[number] - change(response -> response.realMva()[number], drawnMw, drawnMvar);
  }

  @Override
  public double secondMva(int line, int conductor, double[] drawnMw, double[] drawnMvar) {
    int number = firstConductor[line] + conductor;
    return secondMva[number]
        - change(response -> response.imaginaryMva()[number], drawnMw, drawnMvar);
  }

  @Override
  public double firstPerMw(int line, int conductor, int at) {
    return -sensitivity.perMw()[column(at)].realMva()[firstConductor[line] + conductor];
  }

  @Override
  public double firstPerMvar(int line, int conductor, int at) {
    return -sensitivity.perMvar()[column(at)].realMva()[firstConductor[line] + conductor];
  }

  @Override
  public double secondPerMw(int line, int conductor, int at) {
    return -sensitivity.perMw()[column(at)].imaginaryMva()[firstConductor[line] + conductor];
  }

  @Override
  public double secondPerMvar(int line, int conductor, int at) {
    return -sensitivity.perMvar()[column(at)].imaginaryMva()[firstConductor[line] + conductor];
  }

  @Override
  public double lossesPerSquare(int line) {
    return lossesPerSquare[line];
  }
}
