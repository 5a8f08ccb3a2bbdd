package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import ndoe.controller.journal.EnvelopeRow;
import ndoe.controller.journal.PaymentRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are negotiated again while they go on. */
class RollingRunIT {
  private static final Path SHORT = ReferenceDay.FILE.resolveSibling("ieee33-short.yaml");

  @TempDir Path temp;

  private static RunOptions options(OptionalDouble speed) {
    return new RunOptions(
        "run", "test", Case.NDOE, Settings.defaults(5), Optional.empty(), speed, false);
  }

  private RunFolder folder() {
    return RunFolder.at(temp.resolve("run"), Clock.systemUTC());
  }

  /** Keeps what it hears of renewals. */
  private static final class Heard implements RunListener {
    private final List<RenewalRow> renewals = new ArrayList<>();

    @Override
    public void renewed(RenewalRow row) {
      renewals.add(row);
    }
  }

  @Test
  void whatIsNegotiatedAgainComesIntoForceWhenAnIntervalBegins() throws IOException {
    RunFolder folder = folder();
    Heard heard = new Heard();
    RunOptions options = options(OptionalDouble.empty()).rolling(OptionalInt.of(1), 1);
    RunOutcome outcome =
        DayRun.run(ScenarioFile.read(SHORT), folder, options, Clock.systemUTC(), heard);
    assertEquals(RunOutcome.DONE, outcome);
    assertEquals(
        List.of("2016-06-21T11:00", "2016-06-21T12:00"),
        heard.renewals.stream().map(row -> row.intervalStart().toString()).toList());
    for (RenewalRow row : heard.renewals) {
      assertTrue(row.certified() && row.inForce() && row.warm(), row::toString);
      assertEquals(row.intervalStart(), row.negotiatedFrom());
      assertTrue(row.rounds() > 0 && row.messages() > 0, row::toString);
    }
    RunReader run = RunReader.of(folder.path());
    assertEquals(List.of(), run.violations());
    assertEquals(heard.renewals.size(), run.renewals().size());
    String report = Files.readString(folder.path().resolve("report.html"));
    assertTrue(report.contains("negotiated 2 times about what was left; 2 outcomes came into"));
  }

  @Test
  void goesOnPastMidnightAndSettlesWhatCameTrue() throws IOException {
    Scenario day = ShortDay.coarse(temp, 3);
    RunFolder folder = folder();
    Heard heard = new Heard();
    RunOptions options = options(OptionalDouble.empty()).rolling(OptionalInt.of(2), 2);
    RunOutcome outcome = DayRun.run(day, folder, options, Clock.systemUTC(), heard);
    assertEquals(RunOutcome.DONE, outcome);
    RunReader run = RunReader.of(folder.path());
    assertEquals(6, run.run().scenario().horizon().intervals());
    assertEquals(6 * 8, run.envelopes().size());
    assertEquals(6 * 33 * 3, run.voltages().size());
    assertEquals(List.of(), run.violations());
    RenewalRow midnight =
        heard.renewals.stream()
            .filter(row -> row.intervalStart().equals(LocalDateTime.parse("2016-06-22T00:00")))
            .findAny()
            .orElseThrow();
    assertTrue(midnight.inForce() && !midnight.warm(), midnight::toString);
    assertBalanced(run.payments());
    assertRetailFollowsFromPlans(run);
  }

  private static void assertBalanced(List<PaymentRow> payments) {
    Map<String, BigDecimal> balances = new HashMap<>();
    for (PaymentRow payment : payments) {
      balances.merge(payment.to(), payment.amount(), BigDecimal::add);
      balances.merge(payment.from(), payment.amount().negate(), BigDecimal::add);
    }
    assertFalse(payments.isEmpty());
    assertEquals(0, balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).signum());
  }

  /**
   * What is planned and not traded is bought from or sold to the retailer, interval by interval.
   */
  private static void assertRetailFollowsFromPlans(RunReader run) {
    Map<ProsumerId, Double> due = new HashMap<>();
    Map<LocalDateTime, double[]> prices = new HashMap<>();
    run.tariff()
        .forEach(
            row ->
                prices.put(
                    row.intervalStart(),
                    new double[] {row.retailBuyPerKwh(), row.retailSellPerKwh()}));
    for (EnvelopeRow row : run.envelopes()) {
      double retailKw = row.plannedNetImportKw();
      for (var trade : run.trades()) {
        if (trade.intervalStart().equals(row.intervalStart())) {
          retailKw -= trade.buyer().equals(row.prosumer()) ? trade.powerKw() : 0;
          retailKw += trade.seller().equals(row.prosumer()) ? trade.powerKw() : 0;
        }
      }
      double price = prices.get(row.intervalStart())[retailKw > 0 ? 0 : 1];
      due.merge(row.prosumer(), 8 * retailKw * price, Double::sum);
    }
    due.forEach(
        (prosumer, expected) -> {
          double paid = 0;
          for (PaymentRow payment : run.payments()) {
            if (payment.purpose().equals("retail_energy")) {
              paid += payment.from().equals(prosumer.value()) ? payment.amount().doubleValue() : 0;
              paid -= payment.to().equals(prosumer.value()) ? payment.amount().doubleValue() : 0;
            }
          }
          assertEquals(expected, paid, 0.02, prosumer.value());
        });
  }

  @Test
  void holdsTheDefaultEnvelopeUntilTheNextDayIsAgreed() throws IOException {
    Scenario day = ShortDay.coarse(temp, 3);
    RunFolder folder = folder();
    CountDownLatch secondDayGoesOn = new CountDownLatch(2);
    List<RenewalRow> renewals = new ArrayList<>();
    RunListener slow =
        new RunListener() {
          @Override
          public NegotiationListener meanwhile() {
            return new NegotiationListener() {
              @Override
              public void round(Round round) {
                await(secondDayGoesOn);
              }
            };
          }

          @Override
          public void renewed(RenewalRow row) {
            renewals.add(row);
          }

          @Override
          public void step(int interval, int of, double lowest, double highest) {
            if (interval >= 3) {
              secondDayGoesOn.countDown();
            }
          }
        };
    RunOptions options = options(OptionalDouble.of(8 * 3600 / 3)).rolling(OptionalInt.empty(), 2);
    DayRun.run(day, folder, options, Clock.systemUTC(), slow);
    RunReader run = RunReader.of(folder.path());
    // Load alone draws more than the default envelope at some points, and that is said; the network
    // stands it.
    assertEquals(
        List.of(),
        run.violations().stream().filter(v -> !v.kind().equals("outside_envelope")).toList());
    LocalDateTime midnight = LocalDateTime.parse("2016-06-22T00:00");
    RenewalRow late = renewals.get(0);
    assertEquals(midnight, late.negotiatedFrom());
    assertTrue(late.inForce() && late.intervalStart().isAfter(midnight), late::toString);
    int checked = 0;
    for (SetpointRow setpoint : run.setpoints()) {
      LocalDateTime start = setpoint.intervalStart();
      boolean between = !start.isBefore(midnight) && start.isBefore(late.intervalStart());
      if (between && setpoint.quantity().equals("active_power_limit")) {
        checked++;
        double most = defaultEnvelope(day, setpoint.prosumer()).exportLimitKw();
        assertTrue(setpoint.askedKw() <= most, setpoint + " is more than " + most);
      }
    }
    assertTrue(checked > 0, "nothing was asked of a device without an agreement");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS), "the second day does not begin");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static OperatingEnvelope defaultEnvelope(Scenario day, ProsumerId prosumer) {
    return day.prosumers().stream()
        .filter(site -> site.id().equals(prosumer))
        .findAny()
        .orElseThrow()
        .connectionPoint()
        .defaultEnvelope();
  }
}
