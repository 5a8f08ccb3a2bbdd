package ndoe.cosim;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ndoe.cosim.validation.SecurityCase;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * Three intervals of the 33-bus feeder at 1.03 pu with half its load, prosumers at buses 18, 22 and
 * 33 that may all draw 150 kW and feed in 300 kW; a test changes what it is about.
 */
public record EnvelopeCase(
    List<OperatingEnvelope> envelopes, List<Dispatch> dispatches, int randomPoints, long seed) {
  public static final List<String> BUSES = List.of("18", "22", "33");
  private static final int INTERVALS = 3;

  public static EnvelopeCase modest() {
    OperatingEnvelope modest = new OperatingEnvelope(150, 300);
    return new EnvelopeCase(List.of(modest, modest, modest), List.of(), 20, 7);
  }

  /** The envelope of every prosumer in one interval. */
  public EnvelopeCase withEnvelope(int interval, double importLimitKw, double exportLimitKw) {
    List<OperatingEnvelope> changed = new ArrayList<>(envelopes);
    changed.set(interval, new OperatingEnvelope(importLimitKw, exportLimitKw));
    return new EnvelopeCase(changed, dispatches, randomPoints, seed);
  }

  public EnvelopeCase withDispatch(String name, double... netImportKwOfEverybody) {
    Profile profile = Profile.of(netImportKwOfEverybody);
    List<Dispatch> more = new ArrayList<>(dispatches);
    more.add(
        new Dispatch(
            name,
            BUSES.stream().collect(Collectors.toMap(EnvelopeCase::prosumerAt, bus -> profile))));
    return new EnvelopeCase(envelopes, more, randomPoints, seed);
  }

  public EnvelopeCase withRandomPoints(int number, long newSeed) {
    return new EnvelopeCase(envelopes, dispatches, number, newSeed);
  }

  public static ProsumerId prosumerAt(String bus) {
    return new ProsumerId("P" + bus);
  }

  public static Feeder feeder() {
    return Ieee33.atSourceVoltage(1.03);
  }

  public static List<PassiveLoad> passiveLoads() {
    return feeder().loads().stream()
        .filter(load -> !BUSES.contains(load.bus().value()))
        .map(
            load ->
                new PassiveLoad(
                    load.name(),
                    load.bus(),
                    Profile.constant(load.activePowerKw() / 2, INTERVALS),
                    Profile.constant(load.reactivePowerKvar() / 2, INTERVALS)))
        .toList();
  }

  public static List<ConnectionPoint> connectionPoints() {
    return BUSES.stream()
        .map(
            bus ->
                new ConnectionPoint(
                    prosumerAt(bus), new BusId(bus), 0, 1000, 1000, new OperatingEnvelope(100, 50)))
        .toList();
  }

  public static List<AssetSchedule> assets() {
    return List.of(
        new AssetSchedule(
            "SVC18",
            new BusId("18"),
            Profile.constant(0, INTERVALS),
            Profile.constant(100, INTERVALS)));
  }

  public SecurityCase build() {
    Horizon horizon = new Horizon(LocalDateTime.of(2016, 6, 21, 0, 0), 60, INTERVALS);
    List<PointPlan> plans =
        BUSES.stream()
            .map(
                bus ->
                    new PointPlan(
                        prosumerAt(bus), new BusId(bus), envelopes, Profile.constant(0, INTERVALS)))
            .toList();
    return new SecurityCase(
        feeder(),
        passiveLoads(),
        connectionPoints(),
        assets(),
        new EnvelopePlan(horizon, plans),
        dispatches,
        randomPoints,
        seed);
  }
}
