package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
  static final Path REFERENCE = Path.of("ieee33/ieee33-improved.yaml");

  private SmallScenario small;

  @BeforeEach
  void writeSmallScenario(@TempDir Path folder) {
    small = new SmallScenario(folder);
  }

  @Test
  void readsTheReferenceScenario() {
    Scenario scenario = ScenarioFile.read(REFERENCE);
    assertEquals("ieee33-improved", scenario.name());
    assertEquals(20160621, scenario.seed());
    assertEquals(new Horizon(LocalDateTime.of(2016, 6, 21, 0, 0), 60, 24), scenario.horizon());
    assertEquals(33, scenario.feeder().buses().size());
    assertEquals(6000, scenario.feeder().lines().get(4).ratingKva());
    assertEquals(3000, scenario.feeder().lines().get(5).ratingKva());
    assertEquals(24, scenario.passiveLoads().size());
    assertEquals(28, scenario.tradeLinks().size());
    assertEquals(8, scenario.prosumers().size());
    for (ProsumerSite site : scenario.prosumers()) {
      assertEquals(60, site.generationHistoryKw().size());
      assertTrue(site.loadKw().stream().allMatch(kw -> kw > 0 && kw < 630));
    }
    assertEquals(0.288, scenario.tariff().retailBuyPerKwh().at(7));
    assertEquals(0.55, scenario.tariff().retailBuyPerKwh().at(8));
    assertEquals(0.55, scenario.tariff().retailBuyPerKwh().at(23));
  }

  /** Expected values from a calculation of its own in another language, on the same data. */
  @Test
  void agreesWithAnIndependentReadingOfTheReferenceScenario() {
    Scenario scenario = ScenarioFile.read(REFERENCE);
    ProsumerSite p22 = scenario.prosumers().get(3);
    assertEquals(521.6546273071464, p22.generationHistoryKw().get(0).at(12), 1e-9);
    assertEquals(673.8226597255087, p22.generationHistoryKw().get(59).at(12), 1e-9);
    assertEquals(430.51445285615955, scenario.prosumers().get(2).loadKw().at(12), 1e-9);
    PassiveLoad atBus2 = scenario.passiveLoads().get(0);
    assertEquals("B2", atBus2.name());
    assertEquals(100 * 0.5393225503984999, atBus2.activePowerKw().at(12), 1e-9);
    assertEquals(60 * 0.5393225503984999, atBus2.reactivePowerKvar().at(12), 1e-9);
    assertEquals(0.05877074744331386, charge(scenario, "P18", "P33"), 1e-12);
    assertEquals(0.014390138971258641, charge(scenario, "P30", "P28"), 1e-12);
    assertEquals(0.06, charge(scenario, "P18", "P22"), 1e-12);
  }

  private static double charge(Scenario scenario, String first, String second) {
    return scenario.tradeLinks().stream()
        .filter(link -> link.first().value().equals(first) && link.second().value().equals(second))
        .mapToDouble(TradeLink::chargePerKwh)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void seesOneChangedNumber() {
    Scenario before = small.read();
    Scenario after =
        small
            .replace("scenario.yaml", "profile: pv, peak_kw: 60", "profile: pv, peak_kw: 90")
            .read();
    assertEquals(
        before.prosumers().get(0).pv().orElseThrow().availablePowerKw().times(1.5),
        after.prosumers().get(0).pv().orElseThrow().availablePowerKw());
    assertEquals(before.prosumers().get(1), after.prosumers().get(1));
  }

  @Test
  void dividesProfilesByTheirMaximumAndTakesTheMeanOfAnInterval() {
    ProsumerSite site = small.read().prosumers().get(0);
    // Hours 0 and 1 have values 1 and 2 of a maximum of 24.
    assertEquals(24 * 1.5 / 24, site.loadKw().at(0), 1e-12);
    assertEquals(24 * 23.5 / 24, site.loadKw().at(11), 1e-12);
    // At noon of the fifth: 5 of a maximum of 10, over half of the interval.
    assertEquals(60 * 0.25, site.pv().orElseThrow().availablePowerKw().at(6), 1e-12);
  }

  @Test
  void takesTheNearestOtherDaysAsHistoryEarliestFirst() {
    List<Profile> history = small.read().prosumers().get(0).generationHistoryKw();
    double[] noons = history.stream().mapToDouble(day -> day.at(6)).toArray();
    assertArrayEquals(new double[] {60 * .15, 60 * .2, 60 * .3, 60 * .35}, noons, 1e-12);
  }

  @Test
  void prefersTheEarlierOfTwoEquallyNearDays() {
    small.replace("scenario.yaml", "history_days: 4", "history_days: 3");
    List<Profile> history = small.read().prosumers().get(0).generationHistoryKw();
    double[] noons = history.stream().mapToDouble(day -> day.at(6)).toArray();
    assertArrayEquals(new double[] {60 * .15, 60 * .2, 60 * .3}, noons, 1e-12);
  }

  @Test
  void offersAllOtherDaysWithTheirDates() {
    ScenarioFile.WholeHistory whole = ScenarioFile.readWithWholeHistory(small.path());
    assertEquals(small.read().uncertainty(), whole.scenario().uncertainty());
    List<Profile> history = whole.scenario().prosumers().get(0).generationHistoryKw();
    assertEquals(9, history.size());
    for (int day = 0; day < 9; day++) {
      int dayOfMonth = whole.days().get(day).start().getDayOfMonth();
      assertEquals(60 * dayOfMonth / 20.0, history.get(day).at(6), 1e-12);
    }
  }

  @Test
  void addsPvAndWindInTheHistory() {
    small.replace(
        "scenario.yaml",
        "id: A, bus: mid,",
        "id: A, bus: mid, wind: {profile: load, peak_kw: 24},");
    Profile day = small.read().prosumers().get(0).generationHistoryKw().get(0);
    assertEquals(1.5, day.at(0), 1e-12);
    assertEquals(13.5 + 9, day.at(6), 1e-12);
  }

  @Test
  void givesSitesWithoutPlantsAHistoryOfZeros() {
    assertEquals(
        List.of(0.0, 0.0, 0.0, 0.0),
        small.read().prosumers().get(1).generationHistoryKw().stream()
            .map(day -> day.stream().sum())
            .toList());
  }

  @Test
  void replacesTheLoadAtAProsumersBusAndScalesTheOthers() {
    List<PassiveLoad> loads = small.read().passiveLoads();
    assertEquals(List.of("D"), loads.stream().map(PassiveLoad::name).toList());
    assertEquals(40 * 2 * 1.5 / 24, loads.get(0).activePowerKw().at(0), 1e-12);
    assertEquals(10 * 2 * 1.5 / 24, loads.get(0).reactivePowerKvar().at(0), 1e-12);
  }

  @Test
  void completesProsumersByTheDefaultsAtEveryDepth() {
    ProsumerSite site = small.read().prosumers().get(1);
    assertEquals(new StorageRating(10, 20, 0.9, 0.2, 0.8, 0.5, 0), site.battery().orElseThrow());
    assertEquals(new OperatingEnvelope(20, 10), site.connectionPoint().defaultEnvelope());
    assertTrue(small.read().prosumers().get(0).battery().isEmpty());
  }

  @Test
  void weighsPricesByTimeInsideAnInterval() {
    Profile prices = small.read().tariff().retailBuyPerKwh();
    assertEquals(0.2, prices.at(2));
    assertEquals(0.3, prices.at(3), 1e-12);
    assertEquals(0.4, prices.at(11));
  }

  @Test
  void chargesTradeByElectricalDistance() {
    small.replace(
        "scenario.yaml",
        "prosumers:\n",
        "prosumers:\n  - {id: C, bus: end, load: {profile: load, peak_kw: 1}}\n");
    assertEquals(
        List.of(
            new TradeLink(new ProsumerId("C"), new ProsumerId("A"), 50, 0.05),
            new TradeLink(new ProsumerId("C"), new ProsumerId("B"), 50, 0.05),
            new TradeLink(new ProsumerId("A"), new ProsumerId("B"), 50, 0.01)),
        small.read().tradeLinks());
  }

  @Test
  void readsListedTradeLinks() {
    small.replace("scenario.yaml", "links: all", "links: [[B, A]]");
    assertEquals(
        List.of(new TradeLink(new ProsumerId("A"), new ProsumerId("B"), 50, 0.01)),
        small.read().tradeLinks());
  }

  @Test
  void runsWithoutOptionalSections() {
    String yaml = SmallScenario.YAML;
    int trading = yaml.indexOf("trading:");
    int dso = yaml.indexOf("dso:");
    int uncertainty = yaml.indexOf("uncertainty:");
    int defaults = yaml.indexOf("prosumer_defaults:");
    small.write(
        "scenario.yaml",
        yaml.substring(0, trading)
            + "dso: {loss_price_per_kwh: 0}\nuncertainty: {history_days: 9, scenarios: 9}\n"
            + yaml.substring(defaults));
    assertTrue(trading < dso && dso < uncertainty);
    Scenario scenario = small.read();
    assertEquals(List.of(), scenario.tradeLinks());
    assertEquals(OperatorData.RiskMode.CANTELLI, scenario.operator().riskMode());
    assertEquals(Uncertainty.Radius.VALID, scenario.uncertainty().radius());
    assertEquals(Uncertainty.Distance.NORM, scenario.uncertainty().distance());
    assertEquals(9, scenario.prosumers().get(0).generationHistoryKw().size());
  }

  @Test
  void readsHowDistributionsAreCompared() {
    small.replace("scenario.yaml", "scenarios: 2", "scenarios: 2, distance: wasserstein");
    assertEquals(Uncertainty.Distance.WASSERSTEIN, small.read().uncertainty().distance());
  }

  @ParameterizedTest(name = "{0} -> {1}: {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          format: 1               | format: 2              | 1  | format | found 2; allowed is only 1
          name: small             | name: ../small         | 2  | name   | found ../small
          name: small             | nam: small             | 2  | nam    | unknown key; did you mean name?
          name: small             | nam: small             | 1  | name   | missing
          dss: feeder.dss         | dss: other.dss         | 0  |        | there is no such file
          source_voltage_pu: 1.0  | source_voltage_pu: 1.2 | 5  | feeder.source_voltage_pu | voltage_limits_pu allows, 0.9 to 1.1
          source_voltage_pu: 1.0  | source_voltage_pu: .nan | 5  | feeder.source_voltage_pu | found .nan
          min: 0.9, max: 1.1      | min: 1.1, max: 0.9     | 6  | feeder.voltage_limits_pu.min | less than max
          default: 500            | default: -500          | 7  | feeder.line_ratings_kva.default | found -500; allowed is a number > 0
          L1: 900                 | L7: 900                | 7  | feeder.line_ratings_kva.L7 | no such line
          default: 500,           |                        | 4  | Line.L2.rating | no default
          scale: 2.0              | scale: "2.0"           | 8  | feeder.passive_load.scale | found "2.0"
          2016-03-05              | 2017-03-05             | 9  | horizon.start | covers 2016-03-01T00:00 to 2016-03-11T00:00
          2016-03-05              | 2016-03-05T            | 9  | horizon.start | local date and time
          2016-03-05T00:00        | 2016-03-05T00:30       | 9  | horizon.start | between two values
          interval_minutes: 120   | interval_minutes: 7    | 9  | horizon.interval_minutes | divisor
          interval_minutes: 120   | interval_minutes: 90   | 9  | horizon.start | multiple of the 60 minutes
          intervals: 12           | intervals: 1.5         | 9  | horizon.intervals | whole number
          profiles: profiles.csv  | profiles: none.csv     | 0  |        | there is no such file
          currency: EUR           | currency: euro         | 12 | tariff.currency | ISO 4217
          from: "00:00"           | from: "01:00"          | 14 | tariff.retail_buy_per_kwh[0].from | the first must be "00:00"
          from: "07:00"           | from: "00:00"          | 15 | tariff.retail_buy_per_kwh[1].from | later than 00:00
          from: "07:00"           | from: "7"              | 15 | tariff.retail_buy_per_kwh[1].from | time of day
          sell_per_kwh: 0.1       | sell_per_kwh: 0.3      | 16 | tariff.retail_sell_per_kwh | at most the retail buy price
          links: all              | links: [[A, X]]        | 18 | trading.links[0] | X is no prosumer
          links: all              | links: [[A, B], [B, A]] | 18 | trading.links[1] | given twice
          links: all              | links: [[A, A]]        | 18 | trading.links[0] | two prosumers
          links: all              | links: some            | 18 | trading.links | some is not "all"
          link_limit_kw: 50       | link_limit_kw: -1      | 19 | trading.link_limit_kw | found -1
          id: ESS                 | id: svc                | 26 | dso.batteries[0].id | given twice
          id: ESS                 | id: A                  | 26 | dso.batteries[0].id | given twice
          bus: mid, power_kw      | bus: midd, power_kw    | 26 | dso.batteries[0].bus | did you mean mid?
          rating_kvar: 40         | rating_kvar: 0         | 24 | dso.static_var_compensators[0].rating_kvar | > 0
          scenarios: 2            | scenarios: 5           | 27 | uncertainty.scenarios | at most history_days 4
          history_days: 4         | history_days: 10       | 27 | uncertainty.history_days | only 9 other whole days
          scenarios: 2            | radius: vallid         | 27 | uncertainty.radius | valid | published | stochastic | robust
          scenarios: 2            | distance: far          | 27 | uncertainty.distance | norm | wasserstein
          scenarios: 2            | confidence: 1          | 27 | uncertainty.confidence | < 1
          import: 20,             | import: 201,           | 30 | prosumer_defaults.default_envelope_kw.import | at most connection_limit_kw.import 200.0
          min: 0.2, max: 0.8      | min: 0.6, max: 0.8     | 31 | prosumer_defaults.battery.soc | min ≤ initial ≤ max
          efficiency: 0.9         | efficiency: 1.1        | 31 | prosumer_defaults.battery.efficiency | ≤ 1
          efficiency: 0.9         | eficiency: 0.9         | 31 | prosumer_defaults.battery.eficiency | did you mean efficiency?
          shed_price_per_kwh: 5   | id: P                  | 32 | prosumer_defaults.id | unknown key
          shed_price_per_kwh: 5   | flexible_load_fraction: 0 | 34 | prosumers[0].shed_price_per_kwh | missing
          id: B, bus: mid         | id: B, bus: source     | 35 | prosumers[1].bus | source bus
          id: B, bus: mid         | id: a, bus: mid        | 35 | prosumers[1].id | given twice
          id: B, bus: mid         | bus: mid               | 35 | prosumers[1].id | missing
          profile: load, peak_kw: 12 | profile: laod, peak_kw: 12 | 35 | prosumers[1].load.profile | did you mean load?
          profile: load, peak_kw: 12 | profile: load        | 35 | prosumers[1].load.peak_kw | missing
          profile: pv, peak_kw: 60 | profile: pv, peak_kw: -60 | 34 | prosumers[0].pv.peak_kw | found -60
          battery: {power_kw: 10, | battery: {power_kw: ,  | 35 | prosumers[1].battery.power_kw | found nothing
          battery: {power_kw: 10, energy_kwh: 20, soc: {initial: 0.5}} | battery: 10 | 35 | prosumers[1].battery | found 10; allowed is a mapping
          battery: {power_kw: 10, | ev: {power_kw: 10, arrive: "18:00", depart: "18:00", required_kwh: 30, unserved_price_per_kwh: 1, energy_kwh: 20}, battery: {power_kw: 10, | 35 | prosumers[1].ev.depart | another time than arrive
          battery: {power_kw: 10, | ev: {power_kw: 10, arrive: "18:00", depart: "07:00", required_kwh: 30, unserved_price_per_kwh: 1, energy_kwh: 20}, battery: {power_kw: 10, | 35 | prosumers[1].ev.required_kwh | at most energy_kwh 20.0
          """)
  void refuses(String text, String replacement, int line, String key, String message) {
    small.replace("scenario.yaml", text, replacement == null ? "" : replacement);
    List<InvalidInputException.Problem> problems =
        assertThrows(InvalidInputException.class, small::read).problems();
    assertTrue(
        problems.stream()
            .anyMatch(
                problem ->
                    (problem.line() == line || problem.key().startsWith("Line."))
                        && problem.key().equals(key == null ? "" : key)
                        && problem.message().contains(message)),
        problems::toString);
    assertTrue(problems.size() <= 3, problems::toString);
  }

  @Test
  void listsTheProblemsOfAllFilesAtOnce() {
    small
        .replace("scenario.yaml", "bus: end, rating_kvar: 40", "bus: nowhere, rating_kvar: -4")
        .replace("scenario.yaml", "peak_kw: 60", "peak_kw: .inf")
        .replace("scenario.yaml", "L1: 900", "L1: none")
        .replace("profiles.csv", "2016-03-02T04:00,5,0,", "2016-03-02T04:00,x,0,");
    List<InvalidInputException.Problem> problems =
        assertThrows(InvalidInputException.class, small::read).problems();
    assertEquals(
        List.of(
            "profiles.csv:30 load",
            "scenario.yaml:7 feeder.line_ratings_kva.L1",
            "scenario.yaml:24 dso.static_var_compensators[0].rating_kvar",
            "scenario.yaml:34 prosumers[0].pv.peak_kw"),
        problems.stream()
            .map(p -> "%s:%d %s".formatted(p.file().getFileName(), p.line(), p.key()))
            .toList());
  }

  @Test
  void doesNotReadColumnsNobodyNames() {
    small.replace("scenario.yaml", "profile: pv", "profile: spare");
    assertThrows(InvalidInputException.class, small::read);
    small.replace("scenario.yaml", "profile: spare", "profile: pv");
    assertEquals(2, small.read().prosumers().size());
  }

  @Test
  void givesEveryIntervalOfEveryProfileAValue() {
    Scenario scenario = small.read();
    assertTrue(
        IntStream.range(0, 12)
            .allMatch(t -> Double.isFinite(scenario.tariff().retailBuyPerKwh().at(t))));
    scenario
        .prosumers()
        .forEach(site -> assertEquals(12, site.loadKw().intervals(), site.id().value()));
  }
}
