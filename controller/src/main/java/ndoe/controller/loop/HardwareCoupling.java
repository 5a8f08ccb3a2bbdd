package ndoe.controller.loop;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.twin.FeederTwin;
import ndoe.devices.Device;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.gridsimulator.GridSimulator;
import ndoe.devices.gridsimulator.HardwarePower;
import ndoe.devices.gridsimulator.LoopStep;
import ndoe.devices.gridsimulator.PowerHardwareLoop;
import ndoe.devices.gridsimulator.PowerHardwareLoop.Rest;
import ndoe.devices.gridsimulator.ScpiLink;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hardware behind a grid simulator in place of one device of the scenario. Its voltage is that of
 * the twin at the prosumer’s bus, the mean of the phases. Used by the thread of the twin.
 */
final class HardwareCoupling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HardwareCoupling.class);

  private final GridSimulatorEntry entry;
  private final ConnectionPoint point;
  private final int[] places;
  private final GridSimulator simulator;
  private final PowerHardwareLoop loop;
  private final Clock clock;
  private final Consumer<SiteEvent> events;
  private Rest rest = time -> true;
  private ReplacedDevice replaced;
  private boolean told;

  private HardwareCoupling(
      GridSimulatorEntry entry,
      Scenario scenario,
      GridSimulator simulator,
      Clock clock,
      Consumer<SiteEvent> events) {
    this.entry = entry;
    this.clock = clock;
    this.events = events;
    this.simulator = simulator;
    this.point =
        scenario.connectionPoints().stream()
            .filter(each -> each.prosumer().equals(entry.prosumer()))
            .findFirst()
            .orElseThrow();
    this.places = scenario.feeder().requireAt(point.bus(), entry.prosumer());
    this.loop =
        new PowerHardwareLoop(simulator, entry.loop(), time -> rest.pass(time), System::nanoTime);
  }

  /**
   * Connects and turns the output on at nominal voltage.
   *
   * @param events hears when the coupling ends because of a doubt
   * @throws ndoe.devices.DeviceLinkException if anything is not confirmed; the output is then off
   */
  static HardwareCoupling start(
      GridSimulatorEntry entry, Scenario scenario, Clock clock, Consumer<SiteEvent> events) {
    GridSimulator simulator =
        GridSimulator.connect(
            new ScpiLink(entry.address(), entry.timeout()), entry.profile(), entry.simulator());
    try {
      HardwareCoupling coupling = new HardwareCoupling(entry, scenario, simulator, clock, events);
      simulator.start();
      LOG.info("{} is {}", entry.address(), simulator.found().identification());
      return coupling;
    } catch (RuntimeException e) {
      simulator.close();
      throw e;
    }
  }

  /** The device itself, or what counts in its place while the hardware is coupled. */
  Device inPlaceOf(DeviceSpec spec, Device device) {
    if (!spec.owner().equals(entry.prosumer().value()) || spec.role() != entry.role()) {
      return device;
    }
    replaced = ReplacedDevice.of(device, loop::injected);
    return replaced.device();
  }

  /**
   * Brings hardware and twin together at what the sites last measured. Their readings of the
   * replaced device are out of date afterwards.
   *
   * @param waiting lets real time pass
   */
  List<LoopStep> settle(int interval, List<SiteController> sites, FeederTwin twin, Rest waiting) {
    rest = waiting;
    List<LoopStep> steps =
        loop.settle(
            injected -> {
              GridState state =
                  twin.observe(interval, netImports(sites, injected), furtherDraw(injected))
                      .state();
              return state.converged() ? voltagePu(state) : Double.NaN;
            },
            replaced.modelled());
    if (!steps.isEmpty()) {
      LoopStep last = steps.get(steps.size() - 1);
      LOG.info("hardware after {} steps: {}", steps.size(), last);
    }
    tell();
    return steps;
  }

  /** Ends the coupling if the hardware is not as it was in the last common state. */
  void watch() {
    loop.watch();
    tell();
  }

  /** Takes the voltage away from the hardware; from any thread. */
  void emergencyStop() {
    LOG.warn("emergency stop: the grid simulator {} is turned off", entry.address());
    simulator.off();
  }

  /** Whether the coupling was ended because something was doubtful. */
  boolean isAborted() {
    return loop.abortReason().isPresent();
  }

  /** Reactive power the hardware draws beyond the tan φ of its connection point, kvar. */
  Map<ProsumerId, Double> furtherDrawKvar() {
    return loop.injected().map(this::furtherDraw).orElse(Map.of());
  }

  @Override
  public void close() {
    simulator.close();
  }

  private void tell() {
    if (!told && isAborted()) {
      told = true;
      String text =
          "the hardware of %s is no longer coupled, its model counts: %s"
              .formatted(entry.prosumer(), loop.abortReason().orElseThrow());
      LOG.error(text);
      events.accept(
          new SiteEvent(SiteEvent.Severity.ALARM, Optional.empty(), text, clock.instant()));
    }
  }

  private Map<ProsumerId, Double> netImports(List<SiteController> sites, HardwarePower injected) {
    Map<ProsumerId, Double> netImportKw = new HashMap<>();
    sites.forEach(site -> netImportKw.put(site.id(), site.reading().netImportKw()));
    netImportKw.merge(
        entry.prosumer(), replaced.reported().activeKw() - injected.activeKw(), Double::sum);
    return netImportKw;
  }

  private Map<ProsumerId, Double> furtherDraw(HardwarePower injected) {
    return Map.of(entry.prosumer(), injected.activeKw() * point.tanPhi() - injected.reactiveKvar());
  }

  private double voltagePu(GridState state) {
    return Arrays.stream(places)
        .mapToDouble(place -> state.voltagePu(place, 0))
        .average()
        .orElseThrow();
  }
}
