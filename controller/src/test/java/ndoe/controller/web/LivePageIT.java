package ndoe.controller.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A run and its page in a real browser. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LivePageIT {
  @TempDir Path temp;

  private LiveBrowser browser;

  @BeforeEach
  void open() {
    browser = LiveBrowser.start();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** A run that is held before its first interval ends. */
  private final class HeldRun implements AutoCloseable {
    final CompletableFuture<Equipment> equipment = new CompletableFuture<>();
    final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
    final RunFolder folder;
    final LivePage page;

    HeldRun(Path file) {
      Scenario scenario = ScenarioFile.read(file);
      folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
      page = LivePage.ofRun(WebSettings.loopback(0), scenario, 1, folder, Clock.systemUTC());
      RunListener holding =
          new RunListener() {
            @Override
            public void equipped(Equipment with) {
              with.pace().pause();
              equipment.complete(with);
            }
          };
      RunOptions options =
          new RunOptions(
              "run",
              "test",
              Case.NDOE,
              Settings.defaults(20),
              Optional.empty(),
              OptionalDouble.empty(),
              false);
      Thread run =
          new Thread(
              () ->
                  outcome.completeAsync(
                      () ->
                          DayRun.run(
                              scenario,
                              folder,
                              options,
                              Clock.systemUTC(),
                              RunListener.all(List.of(holding, page.runListener())))));
      run.setDaemon(true);
      run.start();
    }

    @Override
    public void close() {
      equipment.join().pace().resume();
      outcome.join();
      page.close();
    }
  }

  private static Path shortDay() {
    return ReferenceDay.FILE.resolveSibling("ieee33-short.yaml");
  }

  @Test
  void showsTheDayAndLetsItBeHeldSteppedAndGoOn() {
    try (HeldRun run = new HeldRun(shortDay())) {
      Page page = browser.visitor(1440, 1000, ColorScheme.LIGHT);
      page.navigate(run.page.address());
      assertEquals(page.url(), page.url().replaceAll("token", ""), "the secret is not shown");
      assertThat(page.locator("#phase")).containsText("held");
      assertThat(page.locator("#clock")).containsText("step 1 of 3");
      assertThat(page.locator("#diagram .node")).hasCount(33);
      assertThat(page.locator("#prosumers .point")).hasCount(2);
      assertThat(page.locator("#prosumers .chip.good")).hasCount(2);
      assertThat(page.locator("#fleet tbody tr"))
          .hasCount(run.equipment.join().devices().specs().size());
      assertThat(page.locator("#fleet")).containsText("armed");
      assertThat(page.locator("#asked tbody tr")).hasCount(2);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Step").setExact(true))
          .click();
      assertThat(page.locator("#clock")).containsText("step 2 of 3");
      assertThat(page.locator("#phase")).containsText("held");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume")).click();
      assertThat(page.locator("#clock")).containsText("step 3 of 3");
      assertEquals(RunOutcome.DONE, run.outcome.join());
      run.page.ended(RunOutcome.DONE);
      assertThat(page.locator("#phase")).containsText("ended");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void isAccessibleAtEveryWidthInLightAndDark() {
    try (HeldRun run = new HeldRun(shortDay())) {
      run.equipment.join();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : new int[] {360, 768, 1440}) {
          Page page = browser.visitor(width, 900, scheme);
          page.navigate(run.page.address());
          assertThat(page.locator("#clock")).containsText("step 1 of 3");
          assertThat(page.locator("#fleet")).containsText("armed");
          LiveBrowser.assertAccessible(page);
          assertEquals(width, page.evaluate("document.documentElement.scrollWidth"), "too wide");
          page.locator("#stop").click();
          assertThat(page.locator("#stop-dialog")).isVisible();
          if (width == 360) {
            LiveBrowser.assertAccessible(page);
          }
          page.context().close();
        }
      }
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void stopsEveryDeviceOnceThatIsConfirmed() {
    try (HeldRun run = new HeldRun(shortDay())) {
      Equipment equipment = run.equipment.join();
      Page page = browser.visitor(768, 900, ColorScheme.LIGHT);
      page.navigate(run.page.address());
      assertThat(page.locator("#clock")).containsText("step 1 of 3");
      page.locator("#stop").click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel")).click();
      assertTrue(!equipment.devices().guard().isStopped(), "cancelled");
      page.locator("#stop").click();
      page.locator("#reason").fill("smoke in the lab");
      page.locator("#stop-yes").click();
      assertThat(page.locator("#stopped")).isVisible();
      assertTrue(equipment.devices().guard().isStopped());
      assertThat(page.locator("#events")).containsText("smoke in the lab");
      page.locator("#pause").click();
      run.outcome.join();
    }
    List<String> events =
        RunReader.of(temp.resolve("run")).events().stream().map(e -> e.text()).toList();
    assertTrue(events.toString().contains("emergency stop engaged by the live page"), "" + events);
    double last =
        RunReader.of(temp.resolve("run")).measurements().stream()
            .filter(row -> row.role().equals("battery"))
            .reduce((before, after) -> after)
            .orElseThrow()
            .activePowerKw();
    assertEquals(0, last, 0.5, "a battery goes on");
  }

  @Test
  void breaksAnEmulatedDeviceAndShowsWhatBecomesOfIt() {
    try (HeldRun run = new HeldRun(shortDay())) {
      Page page = browser.visitor(1440, 900, ColorScheme.LIGHT);
      page.navigate(run.page.address());
      assertThat(page.locator("#clock")).containsText("step 1 of 3");
      page.locator("#break").click();
      String device = (String) page.evaluate("document.getElementById('break-device').value");
      page.locator("#break-fault").selectOption("ignoring_setpoints");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Break it")).click();
      assertThat(page.locator("#events")).containsText("rehearsed fault device_ignoring_setpoints");
      assertThat(page.locator("#events")).containsText(device);
      assertEquals(List.of(), browser.complaints());
    }
  }

  /** Makes the pictures of the documents. */
  @Test
  @EnabledIfSystemProperty(named = "ndoe.screenshots", matches = ".+")
  void looksAsInTheDocuments() {
    Path pictures = Path.of(System.getProperty("ndoe.screenshots"));
    try (HeldRun run = new HeldRun(ReferenceDay.FILE)) {
      run.equipment.join();
      Page page = browser.visitor(1440, 1000, ColorScheme.LIGHT);
      page.navigate(run.page.address());
      for (int step = 1; step <= 13; step++) {
        assertThat(page.locator("#clock")).containsText("step " + step + " of 24");
        run.equipment.join().pace().step();
      }
      assertThat(page.locator("#clock")).containsText("step 14 of 24");
      picture(page, pictures.resolve("live-1440.png"));
      page.setViewportSize(1440, 700);
      page.locator("#h-negotiation").evaluate("e => e.scrollIntoView()");
      picture(page, pictures.resolve("live-negotiation.png"));
      page.locator("#h-prosumers").evaluate("e => e.scrollIntoView()");
      picture(page, pictures.resolve("live-prosumers.png"));
      Page narrow = browser.visitor(360, 900, ColorScheme.DARK);
      narrow.navigate(run.page.address());
      assertThat(narrow.locator("#clock")).containsText("step 14 of 24");
      picture(narrow, pictures.resolve("live-360.png"));
      Page middle = browser.visitor(768, 1000, ColorScheme.LIGHT);
      middle.navigate(run.page.address());
      assertThat(middle.locator("#clock")).containsText("step 14 of 24");
      picture(middle, pictures.resolve("live-768.png"));
    }
  }

  /** Once all that is waiting to be drawn is drawn. */
  private static void picture(Page page, Path file) {
    page.waitForFunction(
        "() => [...document.querySelectorAll('.point')].filter(p => {"
            + " const box = p.getBoundingClientRect();"
            + " return box.bottom > 0 && box.top < innerHeight;"
            + "}).every(p => p.querySelector('canvas'))");
    page.evaluate(
        "() => new Promise(done => { let left = 30; const next = () => left-- > 0 ?"
            + " requestAnimationFrame(next) : done(); next(); })");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Test
  void offersNothingToThoseWhoMayOnlyLook() {
    try (HeldRun run = new HeldRun(shortDay())) {
      Page page = browser.visitor(1440, 900, ColorScheme.LIGHT);
      page.navigate(run.page.readOnlyAddress());
      assertThat(page.locator("#clock")).containsText("step 1 of 3");
      assertThat(page.locator("#only")).isVisible();
      assertThat(page.locator("#stop")).isHidden();
      assertEquals(
          403,
          page.evaluate(
              "async () => (await fetch('/control/stop', {method: 'POST', body: '{}'})).status"));
      assertTrue(!run.equipment.join().devices().guard().isStopped());
    }
  }
}
