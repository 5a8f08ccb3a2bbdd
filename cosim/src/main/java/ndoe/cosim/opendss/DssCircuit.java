package ndoe.cosim.opendss;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ndoe.cosim.powerflow.PowerFlowException;

/**
 * One circuit in an engine context of its own, confined to the thread that made it. Power enters
 * through the circuit’s loads, voltages leave by node; each solution starts cold, so that it does
 * not depend on what was solved before.
 */
final class DssCircuit implements AutoCloseable {
  // Property numbers of Load in the pinned version, verified whenever a script is loaded.
  private static final int LOAD_KW = 4;
  private static final int LOAD_KVAR = 12;

  private static final int COMPLEX_BYTES = 2 * Double.BYTES;

  private final Thread owner = Thread.currentThread();
  private final long context;
  private final Pointer errorNumber;
  private final Memory cell = new Memory(Native.POINTER_SIZE);
  private final Memory dimensions = new Memory(4 * Integer.BYTES);
  private boolean closed;

  // Void as soon as a script is loaded.
  private long batch;
  private List<String> loads = List.of();
  private List<String> nodes = List.of();
  private Memory powers;

  DssCircuit() {
    DssLibrary.start();
    context = DssLibrary.ctx_New();
    errorNumber = new Pointer(DssLibrary.ctx_Error_Get_NumberPtr(context));
  }

  /** The engine’s context, for calls this class does not make; void once closed. */
  long context() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "this circuit belongs to thread %s and was used by %s; make one per thread"
              .formatted(owner.getName(), Thread.currentThread().getName()));
    }
    if (closed) {
      throw new IllegalStateException("this circuit is closed");
    }
    return context;
  }

  /**
   * Replaces the circuit; after a failure there is none. Only generated scripts may come here, some
   * malformed ones end the process.
   *
   * @throws PowerFlowException with the engine’s message and line number
   */
  void load(String script) {
    long ctx = context();
    unbind();
    DssLibrary.ctx_Text_CommandBlock(ctx, script);
    throwPendingError("script refused");
    bind(ctx);
  }

  /** Answer of the engine to one command of its language. */
  String command(String command) {
    long ctx = context();
    DssLibrary.ctx_Text_Set_Command(ctx, command);
    throwPendingError(command);
    return DssLibrary.text(DssLibrary.ctx_Text_Get_Result(ctx));
  }

  String version() {
    return DssLibrary.text(DssLibrary.ctx_DSS_Get_Version(context()));
  }

  /** Names of the loads, in the order of the powers. */
  List<String> loads() {
    return loads;
  }

  /** Names of the nodes, {@code bus.phase}, in the order of the voltages. */
  List<String> nodes() {
    return nodes;
  }

  /**
   * Solves for these powers.
   *
   * @param loadKw consumption of each load, kW, finite
   * @param loadKvar consumption of each load, kvar, finite
   * @param voltages where real and imaginary part of each node go, volts; left alone without a
   *     solution
   * @return whether a solution was found
   */
  boolean solve(double[] loadKw, double[] loadKvar, double[] voltages) {
    long ctx = context();
    if (batch == 0) {
      throw new IllegalStateException("no circuit is loaded");
    }
    put(loadKw, loadKvar);
    DssLibrary.ctx_YMatrix_Set_SolutionInitialized(ctx, (short) 0);
    DssLibrary.ctx_Solution_SolveNoControl(ctx);
    throwPendingError("solution failed");
    if (DssLibrary.ctx_Solution_Get_Converged(ctx) == 0) {
      return false;
    }
    DssLibrary.ctx_YMatrix_getVpointer(ctx, Pointer.nativeValue(cell));
    cell.getPointer(0).read(COMPLEX_BYTES, voltages, 0, 2 * nodes.size());
    return true;
  }

  int iterations() {
    return DssLibrary.ctx_Solution_Get_Iterations(context());
  }

  private void put(double[] loadKw, double[] loadKvar) {
    int size = loads.size();
    requireFinite(loadKw, size);
    requireFinite(loadKvar, size);
    powers.write(0, loadKw, 0, size);
    powers.write((long) size * Double.BYTES, loadKvar, 0, size);
    long address = Pointer.nativeValue(powers);
    DssLibrary.Batch_BeginEdit(batch, size);
    // Active power first: it makes the engine keep the power factor until told the reactive power.
    setAll(LOAD_KW, address);
    setAll(LOAD_KVAR, address + (long) size * Double.BYTES);
    DssLibrary.Batch_EndEdit(batch, size, 1);
  }

  private void setAll(int property, long values) {
    DssLibrary.Batch_Float64Array(
        batch, loads.size(), property, DssLibrary.SET, values, DssLibrary.AVOID_FULL_RECALC);
  }

  private static void requireFinite(double[] powers, int size) {
    if (powers.length != size) {
      throw new IllegalArgumentException("%d powers for %d loads".formatted(powers.length, size));
    }
    for (int load = 0; load < size; load++) {
      if (!Double.isFinite(powers[load])) {
        throw new IllegalArgumentException(
            "power of load %d must be finite: %s".formatted(load, powers[load]));
      }
    }
  }

  private void bind(long ctx) {
    int loadClass = DssLibrary.ctx_DSS_SetActiveClass(ctx, "Load");
    DssLibrary.Batch_CreateByClass(ctx, emptyCell(), Pointer.nativeValue(dimensions), loadClass);
    throwPendingError("no loads");
    batch = Pointer.nativeValue(cell.getPointer(0));
    int size = dimensions.getInt(0);
    List<String> names = new ArrayList<>();
    for (long object : new Pointer(batch).getLongArray(0, size)) {
      names.add(DssLibrary.text(DssLibrary.Obj_GetName(object)));
    }
    loads = List.copyOf(names);
    nodes = readNodes(ctx);
    powers = new Memory(2L * size * Double.BYTES);
    verifyProperties();
  }

  private List<String> readNodes(long ctx) {
    DssLibrary.ctx_Circuit_Get_YNodeOrder(ctx, emptyCell(), Pointer.nativeValue(dimensions));
    throwPendingError("no nodes");
    int size = dimensions.getInt(0);
    List<String> names = new ArrayList<>();
    for (long name : cell.getPointer(0).getLongArray(0, size)) {
      names.add(DssLibrary.text(name).toLowerCase(Locale.ROOT));
    }
    DssLibrary.DSS_Dispose_PPAnsiChar(Pointer.nativeValue(cell), size);
    return List.copyOf(names);
  }

  /** Where a function puts an array; count and capacity go in as well as out. */
  private long emptyCell() {
    dimensions.clear();
    cell.setLong(0, 0);
    return Pointer.nativeValue(cell);
  }

  /** A wrong property number would be ignored by the engine without a word. */
  private void verifyProperties() {
    double[] loadKw = new double[loads.size()];
    double[] loadKvar = new double[loads.size()];
    for (int load = 0; load < loadKw.length; load++) {
      loadKw[load] = 1 + load;
      loadKvar[load] = -0.5 - load;
    }
    put(loadKw, loadKvar);
    for (int load = 0; load < loadKw.length; load++) {
      verify(load, "kW", loadKw[load]);
      verify(load, "kvar", loadKvar[load]);
    }
    put(new double[loadKw.length], new double[loadKw.length]);
  }

  private void verify(int load, String property, double expected) {
    String found = command("? Load." + loads.get(load) + "." + property);
    if (Double.parseDouble(found) != expected) {
      throw new PowerFlowException(
          "OpenDSS %s numbers its properties otherwise: %s of %s is %s, should be %s"
              .formatted(version(), property, loads.get(load), found, expected));
    }
  }

  private void throwPendingError(String what) {
    int number = errorNumber.getInt(0);
    if (number == 0) {
      return;
    }
    String description =
        DssLibrary.text(DssLibrary.ctx_Error_Get_Description(context)).replaceAll("\\s+", " ");
    // Some errors abort every later solution until a command arrives.
    DssLibrary.ctx_Text_Set_Command(context, "");
    errorNumber.setInt(0, 0);
    throw new PowerFlowException("OpenDSS: %s: %s (#%d)".formatted(what, description, number));
  }

  private void unbind() {
    if (batch != 0) {
      DssLibrary.Batch_Dispose(batch);
      batch = 0;
      powers.close();
    }
    loads = List.of();
    nodes = List.of();
  }

  /** Gives the context back; must be called by the owner, a second time does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    long ctx = context();
    unbind();
    DssLibrary.ctx_Dispose(ctx);
    cell.close();
    dimensions.close();
    closed = true;
  }
}
