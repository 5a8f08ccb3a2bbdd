package ndoe.cosim.opendss;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private double[] nominalKw = new double[0];
  private double[] nominalKvar = new double[0];

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
    verifyProperties();
  }

  /** Takes stock of a circuit that was made by single commands. */
  void adopt() {
    rebind();
    verifyProperties();
  }

  /** Takes stock again after loads were added. */
  void rebind() {
    long ctx = context();
    unbind();
    bind(ctx);
    buildAdmittances();
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

  /** Nominal voltage of a phase at a bus, kV; 0 if the bus has no base. */
  double phaseKv(String bus) {
    long ctx = context();
    if (DssLibrary.ctx_Circuit_SetActiveBus(ctx, bus) < 0) {
      throw new IllegalArgumentException("no bus " + bus);
    }
    return DssLibrary.ctx_Bus_Get_kVBase(ctx);
  }

  /** What the script has each load draw, kW. */
  double[] nominalKw() {
    return nominalKw;
  }

  /** What the script has each load draw, kvar. */
  double[] nominalKvar() {
    return nominalKvar;
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
    return solve(ctx, voltages);
  }

  private boolean solve(long ctx, double[] voltages) {
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

  /**
   * Solves for these powers of the last loads, leaving those before them as they are.
   *
   * @param first number of the first load told
   */
  boolean solveFrom(int first, double[] loadKw, double[] loadKvar, double[] voltages) {
    long ctx = context();
    if (loadKw.length > 0) {
      put(first, loadKw, loadKvar, DssLibrary.AVOID_FULL_RECALC);
    }
    return solve(ctx, voltages);
  }

  /** Solves once more for what every load draws now. */
  boolean solveAgain(double[] voltages) {
    return solve(context(), voltages);
  }

  /**
   * Gives the first loads these powers, admittances included, as loads need that do not draw
   * constant power.
   */
  void setFirst(double[] loadKw, double[] loadKvar) {
    context();
    put(0, loadKw, loadKvar, 0);
  }

  /** Lets the circuit’s own controls act until they rest; false if they or the voltages do not. */
  boolean settle() {
    long ctx = context();
    command("Set ControlMode=Static");
    try {
      DssLibrary.ctx_YMatrix_Set_SolutionInitialized(ctx, (short) 0);
      DssLibrary.ctx_Solution_Solve(ctx);
      throwPendingError("controls do not come to rest");
      return DssLibrary.ctx_Solution_Get_Converged(ctx) != 0;
    } catch (PowerFlowException unrest) {
      return false;
    } finally {
      command("Set ControlMode=Off");
    }
  }

  int iterations() {
    return DssLibrary.ctx_Solution_Get_Iterations(context());
  }

  private void put(double[] loadKw, double[] loadKvar) {
    requireSize(loadKw);
    put(0, loadKw, loadKvar, DssLibrary.AVOID_FULL_RECALC);
  }

  private void put(int first, double[] loadKw, double[] loadKvar, int recalculation) {
    if (batch == 0) {
      throw new IllegalStateException("no circuit is loaded");
    }
    int size = loadKw.length;
    requireFinite(loadKw, size);
    requireFinite(loadKvar, size);
    if (size == 0 || first + size > loads.size()) {
      throw new IllegalArgumentException("no loads from %d on: %d".formatted(first, size));
    }
    powers.write(0, loadKw, 0, size);
    powers.write((long) size * Double.BYTES, loadKvar, 0, size);
    long address = Pointer.nativeValue(powers);
    long part = batch + (long) first * Native.POINTER_SIZE;
    DssLibrary.Batch_BeginEdit(part, size);
    // Active power first: it makes the engine keep the power factor until told the reactive power.
    DssLibrary.Batch_Float64Array(part, size, LOAD_KW, DssLibrary.SET, address, recalculation);
    DssLibrary.Batch_Float64Array(
        part, size, LOAD_KVAR, DssLibrary.SET, address + (long) size * Double.BYTES, recalculation);
    DssLibrary.Batch_EndEdit(part, size, 1);
  }

  private void requireSize(double[] loadKw) {
    if (loadKw.length != loads.size()) {
      throw new IllegalArgumentException(
          "%d powers for %d loads".formatted(loadKw.length, loads.size()));
    }
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
    batch = batch("Load");
    int size = dimensions.getInt(0);
    loads = names(size);
    nodes = readNodes(ctx);
    powers = new Memory(2L * Math.max(1, size) * Double.BYTES);
  }

  /** The elements of a class in order of creation, disabled ones too: name and handle. */
  Map<String, Long> elements(String className) {
    long ctx = context();
    if (DssLibrary.ctx_DSS_SetActiveClass(ctx, className) <= 0) {
      throw new IllegalArgumentException("no class " + className);
    }
    Map<String, Long> elements = new LinkedHashMap<>();
    long all = batch(className);
    int size = dimensions.getInt(0);
    for (int each = 0; each < size; each++) {
      long element = new Pointer(all).getLong((long) each * Native.POINTER_SIZE);
      elements.put(
          DssLibrary.text(DssLibrary.Obj_GetName(element)).toLowerCase(Locale.ROOT), element);
    }
    if (all != 0) {
      DssLibrary.Batch_Dispose(all);
    }
    return elements;
  }

  private long batch(String className) {
    int index = DssLibrary.ctx_DSS_SetActiveClass(context, className);
    DssLibrary.Batch_CreateByClass(context, emptyCell(), Pointer.nativeValue(dimensions), index);
    throwPendingError("no elements of class " + className);
    return cell.getLong(0);
  }

  private List<String> names(int size) {
    List<String> names = new ArrayList<>();
    for (int each = 0; each < size; each++) {
      long object = new Pointer(batch).getLong((long) each * Native.POINTER_SIZE);
      names.add(DssLibrary.text(DssLibrary.Obj_GetName(object)));
    }
    return List.copyOf(names);
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
    if (loads.isEmpty()) {
      return;
    }
    nominalKw = read("kW");
    nominalKvar = read("kvar");
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
    put(0, nominalKw, nominalKvar, 0);
    buildAdmittances();
  }

  /**
   * Has the engine build its matrix with the loads as they are now; else it does so at the next
   * solution with what they draw then, and every later state depends on that one by rounding.
   */
  private void buildAdmittances() {
    solve(context(), new double[2 * nodes.size()]);
  }

  private double[] read(String property) {
    return loads.stream()
        .mapToDouble(load -> Double.parseDouble(command("? Load." + load + "." + property)))
        .toArray();
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
