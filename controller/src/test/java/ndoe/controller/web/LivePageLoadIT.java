package ndoe.controller.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.web.RunSubject.Customer;
import ndoe.devices.DeviceId;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How heavy the page is, and how smooth with 32 prosumers; times are printed, not judged. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LivePageLoadIT {
  private static final int PROSUMERS = 32;
  private static final int DEVICES = 4;
  private static final int INTERVALS = 96;
  private static final int MOST_BYTES = 150_000;
  private static final long STEP_MILLIS = 120;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Records how long it is from one picture to the next. */
  private static final String WATCH =
      """
      window.longestFrame = 0; window.frames = 0;
      let before = 0;
      const frame = (now) => {
        window.longestFrame = Math.max(window.longestFrame, now - before);
        window.frames++;
        before = now;
        requestAnimationFrame(frame);
      };
      window.watchFrames = () => { before = performance.now(); requestAnimationFrame(frame); };
      """;

  private final Horizon horizon =
      new Horizon(ReferenceDay.scenario().horizon().start(), 15, INTERVALS);

  private RunSubject subject() {
    RunSubject reference = RunSubject.of(ReferenceDay.scenario(), "32-prosumers");
    List<Customer> customers = new ArrayList<>();
    for (int n = 0; n < PROSUMERS; n++) {
      customers.add(
          new Customer(
              new ProsumerId("n" + (n + 1)),
              reference.lines().get(n).to(),
              Optional.of(new OperatingEnvelope(20, 20))));
    }
    return new RunSubject(
        "32 prosumers",
        "made up",
        "folder",
        "CNY",
        horizon,
        reference.feeder(),
        reference.source(),
        reference.nominalVoltageKv(),
        reference.limits(),
        reference.lines(),
        customers);
  }

  private EnvelopePlan plan(RunSubject subject) {
    return new EnvelopePlan(
        horizon,
        subject.customers().stream()
            .map(
                customer ->
                    new PointPlan(
                        customer.id(),
                        customer.bus(),
                        Profile.generate(INTERVALS, t -> 100 + 50 * Math.sin(t / 9.0)).stream()
                            .mapToObj(limit -> new OperatingEnvelope(limit, limit))
                            .toList(),
                        Profile.generate(INTERVALS, t -> 60 * Math.cos(t / 7.0))))
            .toList());
  }

  private List<DeviceRow> devices(RunSubject subject) {
    List<DeviceRow> devices = new ArrayList<>();
    for (Customer customer : subject.customers()) {
      for (int d = 0; d < DEVICES; d++) {
        devices.add(
            new DeviceRow(
                customer.id(), new DeviceId(customer.id() + "-" + d), "battery", "modbus", false));
      }
    }
    return devices;
  }

  /** What a run tells of one interval. */
  private void step(PageUnderTest page, RunSubject subject, int t) {
    List<MeasurementRow> read = new ArrayList<>();
    List<SetpointRow> set = new ArrayList<>();
    var start = horizon.startOf(t);
    for (Customer customer : subject.customers()) {
      for (int d = 0; d < DEVICES; d++) {
        DeviceId id = new DeviceId(customer.id() + "-" + d);
        OptionalDouble kw = OptionalDouble.of(t + d);
        OptionalDouble none = OptionalDouble.empty();
        read.add(
            new MeasurementRow(start, customer.id(), id.value(), "battery", t, 0, none, kw, NOW));
        set.add(
            new SetpointRow(
                start,
                customer.id(),
                id,
                "battery",
                "active_power",
                t + d,
                kw,
                SetpointRow.Result.APPLIED,
                "",
                NOW));
      }
      double net = 55 * Math.cos(t / 7.0);
      read.add(MeasurementRow.connectionPoint(start, customer.id(), net, 0, NOW));
    }
    GridPicture.Order order = GridPicture.Order.of(subject);
    List<Double> voltages =
        order.buses().stream().map(bus -> 1 + 0.03 * Math.sin(t / 11.0)).toList();
    List<Double> loadings =
        order.lines().stream().map(line -> 0.5 + 0.4 * Math.cos(t / 5.0)).toList();
    page.desk.tell(state -> state.setpoints(set));
    page.desk.tell(state -> state.measurements(read));
    page.desk.tell(state -> state.grid(new GridPicture(t, voltages, voltages, loadings)));
    page.desk.tell(state -> state.measurements(read));
    page.desk.tell(state -> state.stepDone(t, INTERVALS));
  }

  @Test
  void isLightAndGoesThroughADayOfManyProsumers() throws IOException, InterruptedException {
    RunSubject subject = subject();
    try (PageUnderTest page = new PageUnderTest(subject);
        LiveBrowser browser = LiveBrowser.start()) {
      page.desk.tell(state -> state.devices(devices(subject), Map.of()));
      page.desk.tell(state -> state.envelopes(plan(subject)));
      Page visitor = browser.visitor(1440, 1000, ColorScheme.LIGHT);
      visitor.addInitScript(WATCH);
      visitor.navigate(page.address(Role.VIEW));
      assertThat(visitor.locator("#prosumers canvas").first()).isVisible();
      printAndJudgeLoad(visitor);
      visitor.evaluate("watchFrames()");
      browser.record(visitor);
      CountDownLatch never = new CountDownLatch(1);
      for (int t = 0; t < INTERVALS; t++) {
        step(page, subject, t);
        visitor.evaluate("y => scrollTo(0, y)", 25 * t);
        var unused = never.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
      }
      assertThat(visitor.locator("#clock")).containsText("step 96 of 96");
      List<Double> tasks = browser.taskMillis();
      System.out.printf(
          "32 prosumers, 96 steps at %d ms: longest task of the page %.0f ms of processor time, %d"
              + " over 100 ms; %s pictures, %.0f ms at most between two on this machine%n",
          STEP_MILLIS,
          tasks.get(0),
          tasks.stream().filter(millis -> millis > 100).count(),
          visitor.evaluate("frames"),
          number(visitor, "longestFrame"));
      LiveBrowser.assertAccessible(visitor);
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static void printAndJudgeLoad(Page visitor) {
    int bytes =
        (int)
            number(
                visitor,
                "performance.getEntries().filter(e => e.encodedBodySize)"
                    + ".reduce((sum, e) => sum + e.encodedBodySize, 0)");
    double paint =
        number(visitor, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
    System.out.printf("live page: %d bytes compressed, first paint after %.0f ms%n", bytes, paint);
    assertTrue(bytes > 20_000 && bytes < MOST_BYTES, bytes + " bytes");
  }

  private static double number(Page visitor, String expression) {
    return ((Number) visitor.evaluate(expression)).doubleValue();
  }
}
