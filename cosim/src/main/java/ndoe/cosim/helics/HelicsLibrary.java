package ndoe.cosim.helics;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ndoe.cosim.binding.NativeFiles;
import ndoe.cosim.binding.NativeLibraryException;

/**
 * The functions of the HELICS 3 C interface that are used, under their C names, mapped directly. A
 * handle is a pointer owned by the library, null where a call failed; {@code error} is a struct
 * kept by {@link HelicsError}; a C boolean is an {@code int} that is true when it is not 0; times
 * are seconds.
 */
final class HelicsLibrary {
  /** Where the native files are listed. */
  static final NativeFiles.Library FILES =
      new NativeFiles.Library("HELICS", HelicsLibrary.class, "helics");

  static final int DATA_TYPE_DOUBLE = 1;
  static final int FLAG_UNINTERRUPTIBLE = 1;
  static final int PROPERTY_TIME_PERIOD = 140;
  static final int PROPERTY_TIME_OFFSET = 141;
  static final int PROPERTY_INT_CONSOLE_LOG_LEVEL = 274;
  static final int LOG_LEVEL_NO_PRINT = -4;
  static final int LOG_LEVEL_WARNING = 3;
  static final int HANDLE_OPTION_CONNECTION_OPTIONAL = 402;

  /** What a time request answers when there is no more time to come. */
  static final double TIME_MAXTIME = 9_223_372_036.854774;

  private static boolean started;

  private HelicsLibrary() {}

  /**
   * Loads the library; only the first call does anything.
   *
   * @throws FederationException if this machine or build does not have it
   */
  static synchronized void start() {
    if (started) {
      return;
    }
    NativeFiles.Unpacked unpacked;
    try {
      unpacked = NativeFiles.ofThisPlatform(FILES).unpack();
    } catch (NativeLibraryException e) {
      throw new FederationException(FederationException.Reason.NO_LIBRARY, e.getMessage(), e);
    }
    try {
      Native.register(
          HelicsLibrary.class,
          NativeLibrary.getInstance(
              unpacked.main().toString(),
              Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.UTF_8.name())));
    } catch (UnsatisfiedLinkError e) {
      throw new FederationException(
          FederationException.Reason.NO_LIBRARY,
          "the HELICS library for %s cannot be loaded: %s (on Linux it needs glibc, not musl)"
              .formatted(Platform.RESOURCE_PREFIX, e.getMessage()),
          e);
    } finally {
      unpacked.loaded();
    }
    started = true;
  }

  static native String helicsGetVersion();

  // Ends whatever this process does in any federation; from any thread.
  static native void helicsAbort(int errorCode, String message);

  // Brokers.
  static native Pointer helicsCreateBroker(
      String type, String name, String initString, Pointer error);

  static native int helicsBrokerIsConnected(Pointer broker);

  // Waits at most so many milliseconds; true when nobody is connected any more.
  static native int helicsBrokerWaitForDisconnect(Pointer broker, int millis, Pointer error);

  static native void helicsBrokerDisconnect(Pointer broker, Pointer error);

  static native void helicsBrokerFree(Pointer broker);

  // What a federate is to be. Freed by the caller.
  static native Pointer helicsCreateFederateInfo();

  static native void helicsFederateInfoFree(Pointer info);

  static native void helicsFederateInfoSetCoreTypeFromString(
      Pointer info, String type, Pointer error);

  static native void helicsFederateInfoSetCoreName(Pointer info, String name, Pointer error);

  static native void helicsFederateInfoSetCoreInitString(
      Pointer info, String initString, Pointer error);

  static native void helicsFederateInfoSetTimeProperty(
      Pointer info, int property, double seconds, Pointer error);

  static native void helicsFederateInfoSetFlagOption(
      Pointer info, int flag, int value, Pointer error);

  static native void helicsFederateInfoSetIntegerProperty(
      Pointer info, int property, int value, Pointer error);

  // A federate and its values. Publications and inputs live as long as it.
  static native Pointer helicsCreateValueFederate(String name, Pointer info, Pointer error);

  static native Pointer helicsFederateRegisterGlobalPublication(
      Pointer federate, String key, int dataType, String units, Pointer error);

  static native Pointer helicsFederateRegisterInput(
      Pointer federate, String key, int dataType, String units, Pointer error);

  static native void helicsInputAddTarget(Pointer input, String key, Pointer error);

  static native void helicsInputSetOption(Pointer input, int option, int value, Pointer error);

  static native void helicsFederateEnterExecutingMode(Pointer federate, Pointer error);

  static native double helicsFederateRequestTime(Pointer federate, double seconds, Pointer error);

  static native void helicsPublicationPublishDouble(
      Pointer publication, double value, Pointer error);

  // Whether a value came since it was last read.
  static native int helicsInputIsUpdated(Pointer input);

  static native double helicsInputGetDouble(Pointer input, Pointer error);

  static native void helicsFederateDisconnect(Pointer federate, Pointer error);

  static native void helicsFederateFree(Pointer federate);
}
