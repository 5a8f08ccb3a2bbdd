package ndoe.cosim.opendss;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import ndoe.cosim.powerflow.PowerFlowException;

/**
 * The engine by its text interface, as simply as it can be called; what the binding is compared
 * with. There is one engine of this kind in a process, apart from that of {@link DssLibrary}.
 */
final class TextCircuit implements MeasuredCircuit {
  private static final int DIMENSIONS = 4;

  /** Functions without a context, under their C names. */
  private interface TextLibrary extends Library {
    short DSS_Start(int code);

    void DSS_Set_AllowForms(short value);

    void Text_CommandBlock(String script);

    void Text_Set_Command(String command);

    int Error_Get_Number();

    String Error_Get_Description();

    short Solution_Get_Converged();

    void Circuit_Get_AllBusVmagPu(PointerByReference result, int[] dimensions);

    void DSS_Dispose_PDouble(PointerByReference result);
  }

  private final Path file = MeasuredCircuit.unpackLibrary();
  private final TextLibrary library =
      Native.load(
          file.toString(),
          TextLibrary.class,
          Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.UTF_8.name()));

  TextCircuit(String script) {
    library.DSS_Start(0);
    library.DSS_Set_AllowForms((short) 0);
    library.Text_CommandBlock(script);
    throwError();
  }

  @Override
  public double solve(double[] loadKw, double[] loadKvar) {
    for (int load = 0; load < loadKw.length; load++) {
      library.Text_Set_Command("Load.p" + load + ".kW=" + loadKw[load] + " kvar=" + loadKvar[load]);
    }
    library.Text_Set_Command("Solve");
    throwError();
    if (library.Solution_Get_Converged() == 0) {
      throw new PowerFlowException("no solution in a benchmark");
    }
    double sum = 0;
    for (double magnitudePu : magnitudesPu()) {
      sum += magnitudePu;
    }
    return sum;
  }

  private double[] magnitudesPu() {
    PointerByReference result = new PointerByReference();
    int[] dimensions = new int[DIMENSIONS];
    library.Circuit_Get_AllBusVmagPu(result, dimensions);
    double[] magnitudes = result.getValue().getDoubleArray(0, dimensions[0]);
    library.DSS_Dispose_PDouble(result);
    return magnitudes;
  }

  private void throwError() {
    if (library.Error_Get_Number() != 0) {
      throw new PowerFlowException("OpenDSS: " + library.Error_Get_Description());
    }
  }

  /** The engine itself stays until the process ends. */
  @Override
  public void close() {
    MeasuredCircuit.deleteLibrary(file);
  }
}
