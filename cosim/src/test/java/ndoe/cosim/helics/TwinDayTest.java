package ndoe.cosim.helics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import ndoe.cosim.UnbalancedDays;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwinDayTest {
  private final Scenario scenario = UnbalancedDays.reference();
  private final ProsumerSite site = scenario.prosumers().get(0);

  private TwinDay day(Optional<EnvelopePlan> plan) {
    return new TwinDay(scenario, plan, List.of());
  }

  @Test
  void withoutAPlanAProsumerDrawsItsLoadLessWhatItsPlantsCouldGive() {
    double noon = day(Optional.empty()).plannedNetImportKw(site, 12);
    double plants =
        site.pv().orElseThrow().availablePowerKw().at(12)
            + site.wind().map(wind -> wind.availablePowerKw().at(12)).orElse(0.0);
    assertEquals(site.loadKw().at(12) - plants, noon);
  }

  @Test
  void withoutAPlanTheConnectionItselfIsTheLimit() {
    OperatingEnvelope envelope = day(Optional.empty()).envelope(site, 12);
    assertEquals(site.connectionPoint().importCapacityKw(), envelope.importLimitKw());
    assertEquals(site.connectionPoint().exportCapacityKw(), envelope.exportLimitKw());
  }

  @Test
  void aPlanSaysBoth() {
    OperatingEnvelope envelope = new OperatingEnvelope(30, 20);
    int intervals = scenario.horizon().intervals();
    PointPlan point =
        new PointPlan(
            site.id(),
            site.connectionPoint().bus(),
            java.util.Collections.nCopies(intervals, envelope),
            Profile.constant(-7, intervals));
    TwinDay day = day(Optional.of(new EnvelopePlan(scenario.horizon(), List.of(point))));
    assertEquals(-7, day.plannedNetImportKw(site, 3));
    assertEquals(envelope, day.envelope(site, 3));
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0", "3599.999, 0", "3600, 1", "3600.001, 1", "86399.999, 23"})
  void intervalsAreRightOpen(double timeSeconds, int interval) {
    assertEquals(interval, day(Optional.empty()).intervalAt(timeSeconds));
  }

  @Test
  void theDayIsAsLongAsTheHorizon() {
    assertEquals(86_400, day(Optional.empty()).seconds());
  }

  @Test
  void namesBeginWithTheFeederAndHoldNoBlank() {
    Feeder feeder = scenario.feeder();
    TwinNames names = TwinNames.of(feeder);
    assertEquals("ieee33/bus/18/voltage_pu", names.busVoltage(new BusId("18")));
    assertEquals("ieee33/bus/671.2/voltage_pu", names.busVoltage(new BusId("671.2")));
    assertEquals("ieee33/losses_kw", names.ofFeeder("losses_kw"));
    ProsumerId odd = new ProsumerId("P 1/a");
    assertEquals("ieee33/prosumer/P_1_a/net_import_kw", names.ofProsumer(odd, "net_import_kw"));
    assertEquals(
        "ieee33/connection_point/P18/voltage_pu",
        names.ofPoint(new ProsumerId("P18"), "voltage_pu"));
  }
}
