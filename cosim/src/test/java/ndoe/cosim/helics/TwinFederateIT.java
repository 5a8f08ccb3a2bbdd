package ndoe.cosim.helics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import ndoe.cosim.UnbalancedDays;
import ndoe.cosim.helics.FederationException.Reason;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Federations inside this process, over real sockets. */
@Timeout(120)
final class TwinFederateIT {
  private static final BrokerAddress ANY_PORT = new BrokerAddress("127.0.0.1", 0);
  private static final double HOUR = 3600;

  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void endOthers() {
    others.shutdownNow();
  }

  private static TwinDay reference() {
    return day(UnbalancedDays.reference());
  }

  private static TwinDay day(Scenario scenario) {
    return new TwinDay(
        scenario,
        Optional.empty(),
        AssetSchedule.idle(scenario.operator(), scenario.horizon().intervals()));
  }

  private static FederateSettings settings(
      String name, CoreType core, BrokerAddress broker, double period, double offset) {
    return new FederateSettings(name, core, broker, Duration.ofSeconds(1), period, offset);
  }

  private static List<TwinStep> runTwin(
      TwinDay day, CoreType core, BrokerAddress broker, double step) {
    List<TwinStep> steps = new ArrayList<>();
    try (TwinFederate twin =
        TwinFederate.join(day, settings("twin", core, broker, step, TwinFederate.OFFSET_SECONDS))) {
      assertTrue(twin.run(steps::add));
    }
    return steps;
  }

  /** The federate “other” goes through its own day in a thread of its own. */
  private CompletableFuture<Void> other(
      CoreType core, BrokerAddress broker, Consumer<ValueFederate> life) {
    return CompletableFuture.runAsync(
        () -> {
          try (ValueFederate federate =
              ValueFederate.join(settings("other", core, broker, HOUR, 0))) {
            life.accept(federate);
          }
        },
        others);
  }

  @ParameterizedTest
  @EnumSource(CoreType.class)
  void takesWhatAnotherPublishesInItsOwnUnitAtTheTimeItIsPublished(CoreType core) throws Exception {
    List<Double> voltages = new ArrayList<>();
    List<Double> granted = new ArrayList<>();
    List<TwinStep> steps;
    try (HelicsBroker broker = HelicsBroker.start(core, ANY_PORT, 2)) {
      CompletableFuture<Void> other =
          other(
              core,
              broker.address(),
              federate -> {
                var active = federate.publication("ieee33/prosumer/P18/net_import_kw", "MW");
                var kvar = federate.publication("ieee33/prosumer/P18/reactive_import_kvar", "kVAR");
                var limit = federate.publication("ieee33/prosumer/P18/export_limit_kw", "kW");
                var voltage = federate.input("ieee33/bus/18/voltage_pu", "pu");
                federate.enterExecuting();
                for (int t = 0; t < 24; t++) {
                  active.publish(-0.010 * t);
                  kvar.publish(3 * t);
                  limit.publish(100);
                  granted.add(federate.requestTime((t + 1) * HOUR).orElseThrow());
                  voltages.add(voltage.value().orElseThrow());
                }
              });
      steps = runTwin(reference(), core, broker.address(), HOUR);
      other.get();
    }
    assertEquals(24, steps.size());
    for (int t = 0; t < 24; t++) {
      TwinStep step = steps.get(t);
      PointExchange point = step.points().get(0);
      assertEquals(t * HOUR + TwinFederate.OFFSET_SECONDS, step.timeSeconds(), 1e-9);
      assertEquals(t, step.interval());
      assertTrue(point.published());
      assertEquals(-10.0 * t, point.netImportKw(), 1e-9);
      assertEquals(3.0 * t, point.reactiveImportKvar(), 1e-12);
      assertEquals(100, point.envelope().exportLimitKw());
      assertEquals(Math.max(0, 10.0 * t - 100), point.outsideEnvelopeKw(), 1e-9);
      assertEquals(t > 10 ? 1 : 0, step.outsideEnvelope());
      assertEquals((t + 1) * HOUR, granted.get(t), 1e-9);
      assertEquals(step.state().voltagePu(17, 0), voltages.get(t), "what arrived");
      assertFalse(step.points().get(1).published());
    }
  }

  @Test
  void aNumberNobodyCanDrawCountsAsNotTold() throws Exception {
    List<TwinStep> steps;
    TwinDay day = reference();
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 2)) {
      CompletableFuture<Void> other =
          other(
              CoreType.ZMQ,
              broker.address(),
              federate -> {
                var active = federate.publication("ieee33/prosumer/P18/net_import_kw", "kW");
                var limit = federate.publication("ieee33/prosumer/P18/import_limit_kw", "kW");
                federate.enterExecuting();
                for (int t = 0; t < 24; t++) {
                  active.publish(t % 2 == 0 ? Double.NaN : t == 1 ? 2e9 : 50);
                  limit.publish(-1);
                  federate.requestTime((t + 1) * HOUR).orElseThrow();
                }
              });
      steps = runTwin(day, CoreType.ZMQ, broker.address(), HOUR);
      other.get();
    }
    var site = day.scenario().prosumers().get(0);
    for (int t = 0; t < 24; t++) {
      PointExchange point = steps.get(t).points().get(0);
      boolean usable = t % 2 == 1 && t > 1;
      assertEquals(usable, point.published());
      assertEquals(usable ? 50 : day.plannedNetImportKw(site, t), point.netImportKw());
      OperatingEnvelope planned = day.envelope(site, t);
      assertEquals(planned, point.envelope());
    }
  }

  @ParameterizedTest
  @CsvSource({"900, 96", "3600, 24", "7200, 12", "50000, 2"})
  void solvesOnceAStepHoweverLong(double stepSeconds, int solutions) {
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 1)) {
      List<TwinStep> steps = runTwin(reference(), CoreType.ZMQ, broker.address(), stepSeconds);
      assertEquals(solutions, steps.size());
      for (int k = 0; k < solutions; k++) {
        assertEquals(
            k * stepSeconds + TwinFederate.OFFSET_SECONDS, steps.get(k).timeSeconds(), 1e-9);
      }
    }
  }

  @Test
  void publishesEveryPhaseOfAnUnbalancedFeeder() throws Exception {
    TwinDay day = day(UnbalancedDays.of("ieee13"));
    TwinNames names = TwinNames.of(day.scenario().feeder());
    List<Double> last = new ArrayList<>();
    List<TwinStep> steps;
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 2)) {
      CompletableFuture<Void> other =
          other(
              CoreType.ZMQ,
              broker.address(),
              federate -> {
                var voltages =
                    day.scenario().feeder().buses().stream()
                        .map(bus -> federate.input(names.busVoltage(bus), "pu"))
                        .toList();
                federate.enterExecuting();
                federate.requestTime(day.seconds());
                voltages.forEach(voltage -> last.add(voltage.value().orElseThrow()));
              });
      steps = runTwin(day, CoreType.ZMQ, broker.address(), HOUR);
      other.get();
    }
    var state = steps.get(steps.size() - 1).state();
    assertEquals(state.voltagesPu().stream().boxed().toList(), last);
    assertTrue(last.stream().distinct().count() > 30, last.toString());
  }

  @Test
  void saysThatNobodyListens() {
    BrokerAddress nobody = ANY_PORT.withPort(CoreType.ZMQ);
    FederationException refusal =
        assertThrows(
            FederationException.class,
            () -> ValueFederate.join(settings("twin", CoreType.ZMQ, nobody, HOUR, 0)));
    assertEquals(Reason.NO_BROKER, refusal.reason());
    assertTrue(refusal.getMessage().contains(nobody.toString()), refusal.getMessage());
  }

  @Test
  void saysThatTheNameIsTaken() {
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 2)) {
      FederateSettings twin = settings("twin", CoreType.ZMQ, broker.address(), HOUR, 0);
      try (ValueFederate first = ValueFederate.join(twin)) {
        FederationException refusal =
            assertThrows(FederationException.class, () -> ValueFederate.join(twin));
        assertEquals(Reason.NAME_TAKEN, refusal.reason());
        assertTrue(refusal.getMessage().contains("\"twin\""), refusal.getMessage());
      }
    }
  }

  @Test
  void saysThatABrokerCannotListen() {
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 1)) {
      FederationException refusal =
          assertThrows(
              FederationException.class,
              () -> HelicsBroker.start(CoreType.ZMQ, broker.address(), 1));
      assertTrue(refusal.getMessage().contains(broker.address().toString()), refusal.getMessage());
    }
  }

  @Test
  void belongsToTheThreadThatJoined() throws Exception {
    try (HelicsBroker broker = HelicsBroker.start(CoreType.ZMQ, ANY_PORT, 1);
        ValueFederate federate =
            ValueFederate.join(settings("twin", CoreType.ZMQ, broker.address(), HOUR, 0))) {
      var elsewhere = others.submit(() -> federate.requestTime(1));
      ExecutionException refusal = assertThrows(ExecutionException.class, elsewhere::get);
      assertTrue(refusal.getCause() instanceof IllegalStateException, refusal.toString());
    }
  }
}
