package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of somebody else, seen through its folder. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FollowedRunIT {
  @TempDir Path temp;

  private final HttpClient client = HttpClient.newHttpClient();

  private static JsonNode state(LivePage page, HttpClient client) {
    try {
      HttpResponse<String> entry =
          client.send(
              HttpRequest.newBuilder(URI.create(page.address())).build(),
              HttpResponse.BodyHandlers.ofString());
      String cookie = entry.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(page.address()).resolve("/state"))
              .header("Cookie", cookie)
              .build();
      return Json.MAPPER.readTree(
          client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode await(LivePage page, Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    JsonNode state = state(page, client);
    while (!condition.test(state)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not so within 60 s: " + state);
      }
      state = state(page, client);
    }
    return state;
  }

  @Test
  void showsARunWhileAnotherWritesItAndAfterwards() throws IOException {
    Path runFolder = temp.resolve("run");
    RunFolder folder = RunFolder.at(runFolder, Clock.systemUTC());
    List<LivePage> pages = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    RunListener looking =
        new RunListener() {
          @Override
          public void folder(Path path) {
            pages.add(LivePage.ofFolder(WebSettings.loopback(0), path, Clock.systemUTC()));
          }

          @Override
          public void step(int interval, int of, double lowest, double highest) {
            await(pages.get(0), s -> s.path("step").path("t").asInt(-1) == interval);
            seen.add(interval);
          }
        };
    DayRun.run(
        ScenarioFile.read(ReferenceDay.FILE.resolveSibling("ieee33-short.yaml")),
        folder,
        new RunOptions(
            "run",
            "test",
            Case.NDOE,
            Settings.defaults(20),
            Optional.empty(),
            OptionalDouble.empty(),
            false),
        Clock.systemUTC(),
        looking);
    assertEquals(List.of(0, 1, 2), seen);
    try (LivePage before = pages.get(0)) {
      assertComplete(await(before, s -> s.path("phase").path("name").asText().equals("ended")));
    }
    List<String> files = listed(runFolder);
    try (LivePage after =
        LivePage.ofFolder(WebSettings.loopback(0), runFolder, Clock.systemUTC())) {
      assertComplete(await(after, s -> s.path("phase").path("name").asText().equals("ended")));
    }
    assertEquals(files, listed(runFolder), "only read");
  }

  private static List<String> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> file + " " + file.toFile().length()).sorted().toList();
    }
  }

  private void assertComplete(JsonNode state) {
    RunReader run = RunReader.of(temp.resolve("run"));
    assertEquals(false, state.path("control").asBoolean(true));
    assertEquals(2, state.path("prosumers").size());
    assertEquals(run.rounds().size(), state.path("rounds").size());
    assertEquals(3, state.path("grid").size());
    assertEquals(33, state.path("grid").get(2).path("low").size());
    assertEquals(run.devices().size(), state.path("devices").size());
    assertTrue(state.path("devices").get(0).path("setpoint").path("result").isTextual());
    assertEquals(3, state.path("points").get(0).path("imp").size());
    assertEquals(3, state.path("measured").get(1).size());
    assertEquals(run.events().size(), state.path("events").size());
  }

  @Test
  void refusesWhatIsNoRunFolder() {
    WebSettings settings = WebSettings.loopback(0);
    RunFolderException refused =
        assertThrows(
            RunFolderException.class, () -> LivePage.ofFolder(settings, temp, Clock.systemUTC()));
    assertTrue(refused.getMessage().contains("run.json"), refused.getMessage());
  }
}
