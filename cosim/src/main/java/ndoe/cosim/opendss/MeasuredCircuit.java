package ndoe.cosim.opendss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import ndoe.cosim.binding.NativeFiles;
import ndoe.feeders.Feeder;

/**
 * A feeder in the engine without anything around it, for benchmarks: loads in, node voltages out.
 * Used and closed by the thread that made it.
 */
public interface MeasuredCircuit extends AutoCloseable {

  /**
   * Changes all loads, solves, and reads the voltages of all nodes.
   *
   * @param loadKw consumption of the load at each bus, kW of all modelled phases
   * @param loadKvar likewise, kvar
   * @return sum that every voltage is in: of |real part| + |imaginary part|, volts, or of
   *     magnitudes, per unit
   */
  double solve(double[] loadKw, double[] loadKvar);

  @Override
  void close();

  /**
   * The binding the judge uses; every solution starts cold. The sum is in volts.
   *
   * @param tolerancePu largest change of a voltage in the last iteration, per unit
   */
  static MeasuredCircuit byBinding(Feeder feeder, NetworkModel model, double tolerancePu) {
    return new BoundCircuit(script(feeder, model, tolerancePu));
  }

  /**
   * The interface most programs use: one command per load, a library mapped as an interface, an
   * array made for every answer. Solutions start from the last one. The sum is in per unit.
   */
  static MeasuredCircuit byText(Feeder feeder, NetworkModel model, double tolerancePu) {
    return new TextCircuit(script(feeder, model, tolerancePu));
  }

  /** The circuit in the engine’s language: a load per bus, that of the source first. */
  static String script(Feeder feeder, NetworkModel model, double tolerancePu) {
    return FeederScript.of(feeder, model) + "Set Tolerance=" + tolerancePu + "\nSolve\n";
  }

  /** Unpacks the engine’s library into a new folder, for {@link #deleteLibrary}. */
  static Path unpackLibrary() {
    try {
      return NativeFiles.ofThisPlatform(DssLibrary.FILES).unpackAnew();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what {@link #unpackLibrary} made. */
  static void deleteLibrary(Path library) {
    try {
      NativeFiles.delete(library.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
