package ndoe.cosim.opendss;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ndoe.cosim.binding.NativeFiles;
import ndoe.cosim.binding.NativeLibraryException;
import ndoe.cosim.powerflow.PowerFlowException;

/**
 * The C functions of the engine under their C names, mapped directly. Every pointer is a {@code
 * long}, a C boolean is a {@code short} that is true when it is not 0. A context belongs to one
 * thread at a time; nothing here checks that, {@link DssCircuit} does.
 */
final class DssLibrary {
  /** Value of {@code setterFlags} that leaves the admittance matrix as it is. */
  static final int AVOID_FULL_RECALC = 2;

  /** Value of {@code operation} that assigns. */
  static final int SET = 0;

  /** What is loaded. */
  static final NativeFiles.Library FILES =
      new NativeFiles.Library("OpenDSS", DssLibrary.class, "dss_capi");

  private static boolean started;

  private DssLibrary() {}

  /** Loads the engine and sets its process-wide switches; only the first call does anything. */
  static synchronized void start() {
    if (started) {
      return;
    }
    load();
    if (DSS_Start(0) == 0) {
      throw new PowerFlowException("the OpenDSS engine could not be started");
    }
    long prime = ctx_Get_Prime();
    ctx_DSS_Set_AllowForms(prime, (short) 0);
    ctx_DSS_Set_AllowEditor(prime, (short) 0);
    ctx_DSS_Set_AllowChangeDir(prime, (short) 0);
    ctx_DSS_Set_AllowDOScmd(prime, (short) 0);
    ctx_DSS_Set_COMErrorResults(prime, (short) 0);
    started = true;
  }

  private static void load() {
    NativeFiles.Unpacked unpacked;
    try {
      unpacked = NativeFiles.ofThisPlatform(FILES).unpack();
    } catch (NativeLibraryException e) {
      throw new PowerFlowException(e.getMessage(), e);
    }
    try {
      Native.register(
          DssLibrary.class,
          NativeLibrary.getInstance(
              unpacked.main().toString(),
              Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.UTF_8.name())));
    } catch (UnsatisfiedLinkError e) {
      throw new PowerFlowException(
          "the OpenDSS library for %s cannot be loaded: %s (on Linux it needs glibc, not musl, and"
                  .formatted(Platform.RESOURCE_PREFIX, e.getMessage())
              + " a java.io.tmpdir that is not mounted noexec)",
          e);
    } finally {
      unpacked.loaded();
    }
  }

  /** The text at an address owned by the engine, empty for 0. */
  static String text(long address) {
    return address == 0 ? "" : new Pointer(address).getString(0, StandardCharsets.UTF_8.name());
  }

  // Process and contexts. A context is disposed of exactly once.
  static native short DSS_Start(int code);

  static native long ctx_Get_Prime();

  static native long ctx_New();

  static native void ctx_Dispose(long ctx);

  static native long ctx_DSS_Get_Version(long ctx);

  // Process-wide, whichever context they are given.
  static native void ctx_DSS_Set_AllowForms(long ctx, short value);

  static native void ctx_DSS_Set_AllowEditor(long ctx, short value);

  static native void ctx_DSS_Set_AllowChangeDir(long ctx, short value);

  static native void ctx_DSS_Set_AllowDOScmd(long ctx, short value);

  static native void ctx_DSS_Set_COMErrorResults(long ctx, short value);

  // Scripts and errors. The address of the error number holds for the life of the context; reading
  // the description clears number and description. Any text command clears a sticky abort.
  static native void ctx_Text_CommandBlock(long ctx, String script);

  static native void ctx_Text_Set_Command(long ctx, String command);

  static native long ctx_Text_Get_Result(long ctx);

  static native long ctx_Error_Get_NumberPtr(long ctx);

  static native long ctx_Error_Get_Description(long ctx);

  // Objects. A batch is an array of addresses in order of creation, to be disposed of by the
  // caller, void after Clear or New Circuit. A name stays the engine’s: disposing of it aborts the
  // process.
  static native int ctx_DSS_SetActiveClass(long ctx, String className);

  static native void Batch_CreateByClass(long ctx, long result, long dimensions, int classIndex);

  static native void Batch_Dispose(long batch);

  static native long Obj_GetName(long object);

  static native void Batch_BeginEdit(long batch, int size);

  static native void Batch_Float64Array(
      long batch, int size, int propertyIndex, int operation, long values, int setterFlags);

  static native void Batch_EndEdit(long batch, int size, int edits);

  static native void Alt_CEBatch_Get_TotalPowers(
      long result, long dimensions, long batch, int size);

  // Real and imaginary part of every conductor of every terminal of every element, A. (Its sister
  // for losses ends the process on some circuits.)
  static native void Alt_CEBatch_Get_Currents(long result, long dimensions, long batch, int size);

  static native int Alt_CE_Get_NumConductors(long element);

  static native int Alt_CE_Get_NumTerminals(long element);

  static native int Alt_CE_Get_NumPhases(long element);

  static native void DSS_Dispose_PDouble(long result);

  // Buses, by name; the base is of one phase, kV.
  static native int ctx_Circuit_SetActiveBus(long ctx, String name);

  static native double ctx_Bus_Get_kVBase(long ctx);

  // Solution. The vector holds real and imaginary parts in volts, entry 0 is ground; it moves after
  // a structural change. The node names are to be disposed of by the caller.
  static native void ctx_Circuit_Get_YNodeOrder(long ctx, long result, long dimensions);

  static native void DSS_Dispose_PPAnsiChar(long result, int count);

  static native void ctx_YMatrix_Set_SolutionInitialized(long ctx, short value);

  static native void ctx_Solution_SolveNoControl(long ctx);

  static native void ctx_Solution_Solve(long ctx);

  static native short ctx_Solution_Get_Converged(long ctx);

  static native int ctx_Solution_Get_Iterations(long ctx);

  static native void ctx_YMatrix_getVpointer(long ctx, long result);
}
