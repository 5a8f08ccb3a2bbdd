package ndoe.cosim.helics;

import com.sun.jna.Pointer;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.cosim.helics.FederationException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A federate that exchanges numbers; every call by the thread that joined. Times are seconds of the
 * simulation.
 */
final class ValueFederate implements AutoCloseable {
  /** What keeps the library from writing to the console. */
  static final String QUIET = "--consoleloglevel=no_print";

  private static final Logger LOG = LoggerFactory.getLogger(ValueFederate.class);

  private static final AtomicInteger CORES = new AtomicInteger();

  private final Pointer federate;
  private final HelicsError error = new HelicsError();
  private final Thread owner = Thread.currentThread();

  private ValueFederate(Pointer federate) {
    this.federate = federate;
  }

  /**
   * Joins the federation at a broker.
   *
   * @throws FederationException if there is no broker, the name is taken or the library is missing
   */
  static ValueFederate join(FederateSettings settings) {
    HelicsLibrary.start();
    if (!settings.broker().awaitListener(settings.patience())) {
      throw new FederationException(
          Reason.NO_BROKER,
          "nobody listens at %s (core %s, waited %d s); start a HELICS broker there first"
              .formatted(
                  settings.broker(),
                  settings.core().helicsName(),
                  settings.patience().toSeconds()));
    }
    HelicsError error = new HelicsError();
    Pointer info = HelicsLibrary.helicsCreateFederateInfo();
    try {
      describe(settings, info, error);
      Pointer federate =
          HelicsLibrary.helicsCreateValueFederate(settings.name(), info, error.pointer());
      if (error.isSet() || federate == null) {
        throw notJoined(settings, error.text());
      }
      return new ValueFederate(federate);
    } finally {
      HelicsLibrary.helicsFederateInfoFree(info);
    }
  }

  private static void describe(FederateSettings settings, Pointer info, HelicsError error) {
    BrokerAddress broker = settings.broker();
    Pointer result = error.pointer();
    HelicsLibrary.helicsFederateInfoSetCoreTypeFromString(
        info, settings.core().helicsName(), result);
    error.check("choose core " + settings.core());
    // Without a name the library takes any core of this process, whichever broker that belongs to.
    HelicsLibrary.helicsFederateInfoSetCoreName(
        info,
        "%s-core-%d-%d"
            .formatted(settings.name(), ProcessHandle.current().pid(), CORES.incrementAndGet()),
        result);
    HelicsLibrary.helicsFederateInfoSetCoreInitString(
        info,
        "--broker_address=%s --useosport --timeout=3s %s%s"
            .formatted(
                broker,
                broker.isLoopback() ? "" : "--external ",
                LOG.isDebugEnabled() ? "" : QUIET),
        result);
    error.check("describe the core");
    HelicsLibrary.helicsFederateInfoSetTimeProperty(
        info, HelicsLibrary.PROPERTY_TIME_PERIOD, settings.periodSeconds(), result);
    HelicsLibrary.helicsFederateInfoSetTimeProperty(
        info, HelicsLibrary.PROPERTY_TIME_OFFSET, settings.offsetSeconds(), result);
    HelicsLibrary.helicsFederateInfoSetFlagOption(
        info, HelicsLibrary.FLAG_UNINTERRUPTIBLE, 1, result);
    HelicsLibrary.helicsFederateInfoSetIntegerProperty(
        info,
        HelicsLibrary.PROPERTY_INT_CONSOLE_LOG_LEVEL,
        LOG.isDebugEnabled() ? HelicsLibrary.LOG_LEVEL_WARNING : HelicsLibrary.LOG_LEVEL_NO_PRINT,
        result);
    error.check("describe the federate");
  }

  private static FederationException notJoined(FederateSettings settings, String text) {
    if (text.contains("duplicate federate name")) {
      return new FederationException(
          Reason.NAME_TAKEN,
          "the federation at %s has a federate \"%s\" already; start it again with another name"
              .formatted(settings.broker(), settings.name()));
    }
    return new FederationException(
        Reason.NO_BROKER,
        "no HELICS broker with core %s lets \"%s\" join at %s: %s"
            .formatted(settings.core().helicsName(), settings.name(), settings.broker(), text));
  }

  /** A number others may subscribe to under exactly this key. */
  Publication publication(String key, String unit) {
    requireOwner();
    Pointer handle =
        HelicsLibrary.helicsFederateRegisterGlobalPublication(
            federate, key, HelicsLibrary.DATA_TYPE_DOUBLE, unit, error.pointer());
    error.check("publish " + key);
    return new Publication(key, handle);
  }

  /** A number of others, if anybody publishes it; in this unit, whichever theirs is. */
  Input input(String key, String unit) {
    requireOwner();
    Pointer handle =
        HelicsLibrary.helicsFederateRegisterInput(
            federate, key, HelicsLibrary.DATA_TYPE_DOUBLE, unit, error.pointer());
    error.check("subscribe to " + key);
    // Before the target, or the library warns of each that nobody publishes.
    HelicsLibrary.helicsInputSetOption(
        handle, HelicsLibrary.HANDLE_OPTION_CONNECTION_OPTIONAL, 1, error.pointer());
    HelicsLibrary.helicsInputAddTarget(handle, key, error.pointer());
    error.check("subscribe to " + key);
    return new Input(key, handle);
  }

  /** Waits for the others to have joined; time is 0 then. */
  void enterExecuting() {
    requireOwner();
    HelicsLibrary.helicsFederateEnterExecutingMode(federate, error.pointer());
    error.check("begin with the others");
  }

  /**
   * Waits until time has come that far.
   *
   * @return the time granted, s; empty if there is none any more because the federation was ended
   */
  OptionalDouble requestTime(double seconds) {
    requireOwner();
    double granted = HelicsLibrary.helicsFederateRequestTime(federate, seconds, error.pointer());
    error.check("go on to %s s".formatted(seconds));
    return granted >= HelicsLibrary.TIME_MAXTIME
        ? OptionalDouble.empty()
        : OptionalDouble.of(granted);
  }

  private void requireOwner() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "federate belongs to thread %s, called by %s"
              .formatted(owner.getName(), Thread.currentThread().getName()));
    }
  }

  /** Leaves; the others go on. */
  @Override
  public void close() {
    requireOwner();
    HelicsError ignored = new HelicsError();
    HelicsLibrary.helicsFederateDisconnect(federate, ignored.pointer());
    if (ignored.isSet()) {
      LOG.debug("left a federation that was over: {}", ignored.text());
    }
    HelicsLibrary.helicsFederateFree(federate);
  }

  /** A number given to others. */
  final class Publication {
    private final String key;
    private final Pointer handle;

    private Publication(String key, Pointer handle) {
      this.key = key;
      this.handle = handle;
    }

    void publish(double value) {
      requireOwner();
      HelicsLibrary.helicsPublicationPublishDouble(handle, value, error.pointer());
      error.check("publish " + key);
    }
  }

  /** A number from others. */
  final class Input {
    private final String key;
    private final Pointer handle;
    private OptionalDouble last = OptionalDouble.empty();

    private Input(String key, Pointer handle) {
      this.key = key;
      this.handle = handle;
    }

    String key() {
      return key;
    }

    /** The last value published up to the time granted; empty if there never was one. */
    OptionalDouble value() {
      requireOwner();
      if (HelicsLibrary.helicsInputIsUpdated(handle) != 0) {
        last = OptionalDouble.of(HelicsLibrary.helicsInputGetDouble(handle, error.pointer()));
        error.check("read " + key);
      }
      return last;
    }
  }
}
