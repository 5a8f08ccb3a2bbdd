package ndoe.controller.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.DiskFault;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsIT {
  private static final Pattern SAMPLE =
      Pattern.compile("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [-+0-9.eEINFa]+");

  @TempDir Path temp;

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(String uri) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(RunFolder folder, RunListener... listeners) {
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
        RunListener.all(Arrays.asList(listeners)));
  }

  private static double value(String metrics, String sample) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in\n" + metrics));
  }

  @Test
  void tellsOfTheStepsTheDevicesAndTheEnvelopesOfARun() throws IOException {
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    List<String> metrics = new ArrayList<>();
    List<Integer> states = new ArrayList<>();
    try (Operations operations = Operations.ofRun(0, folder, Clock.systemUTC())) {
      assertEquals(503, get(operations.uri() + "/ready").statusCode());
      assertEquals(200, get(operations.uri() + "/health").statusCode());
      run(
          folder,
          operations.runListener(),
          new RunListener() {
            @Override
            public void step(int interval, int of, double lowest, double highest) {
              metrics.add(get(operations.uri() + "/metrics").body());
              states.add(get(operations.uri() + "/health").statusCode());
              states.add(get(operations.uri() + "/ready").statusCode());
            }
          });
      JsonNode where = new JsonMapper().readTree(folder.path().resolve(Operations.FILE).toFile());
      assertEquals(operations.uri() + "/metrics", where.path("metrics").asText());
    }
    assertEquals(List.of(200, 200, 200, 200, 200, 200), states);
    String last = metrics.get(2);
    last.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> assertTrue(SAMPLE.matcher(line).matches(), line));
    RunReader run = RunReader.of(folder.path());
    assertEquals(2, value(last, "ndoe_step"));
    assertEquals(3, value(last, "ndoe_steps_total"));
    assertEquals(0, value(last, "ndoe_steps_missed_total"));
    assertEquals(run.rounds().size(), value(last, "ndoe_negotiation_rounds_total"));
    assertEquals(
        run.rounds().get(run.rounds().size() - 1).messages(),
        value(last, "ndoe_negotiation_messages_total"));
    var envelope =
        run.envelopes().stream()
            .filter(row -> row.prosumer().value().equals("P18"))
            .toList()
            .get(2);
    assertEquals(
        1000 * envelope.importLimitKw(),
        value(last, "ndoe_import_limit_watts{prosumer=\"P18\"}"),
        1);
    assertTrue(value(last, "ndoe_setpoints_total{result=\"applied\"}") > 0);
    assertEquals(0, value(last, "ndoe_setpoints_total{result=\"unconfirmed\"}"));
    assertEquals(1, value(last, "ndoe_device_up{device=\"p18-pv\",prosumer=\"P18\"}"));
    assertTrue(
        value(last, "ndoe_device_value_age_seconds{device=\"p33-battery\",prosumer=\"P33\"}") < 60);
    assertTrue(value(last, "ndoe_lowest_voltage_ratio") > 0.9);
    assertTrue(value(last, "ndoe_journal_commit_duration_seconds_count") > 10);
    assertEquals(0, value(last, "ndoe_emergency_stop_engaged"));
    assertTrue(value(last, "jvm_memory_used_bytes{area=\"heap\"}") > 1e6);
    assertTrue(value(last, "jvm_threads_current") > 1);
    assertTrue(value(last, "process_open_fds") > 1);
  }

  @Test
  void isUnhealthyWhileADeviceDoesNotAnswerAndNotReadyInAnEmergencyStop() {
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    List<HttpResponse<String>> health = new ArrayList<>();
    List<HttpResponse<String>> ready = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    try (Operations operations = Operations.ofRun(0, folder, Clock.systemUTC())) {
      run(
          folder,
          operations.runListener(),
          new RunListener() {
            private Equipment equipment;

            @Override
            public void equipped(Equipment with) {
              equipment = with;
            }

            @Override
            public void step(int interval, int of, double lowest, double highest) {
              health.add(get(operations.uri() + "/health"));
              ready.add(get(operations.uri() + "/ready"));
              metrics.add(get(operations.uri() + "/metrics").body());
              if (interval == 0) {
                equipment.bench().device(new DeviceId("p18-meter")).close();
              } else {
                equipment.devices().guard().stop("test", "to see");
              }
            }
          });
    }
    assertEquals(200, health.get(0).statusCode());
    assertEquals(503, health.get(1).statusCode());
    assertTrue(health.get(1).body().contains("p18-meter"), health.get(1).body());
    assertEquals(0, value(metrics.get(1), "ndoe_device_up{device=\"p18-meter\",prosumer=\"P18\"}"));
    assertEquals(
        1, value(metrics.get(1), "ndoe_device_at_default{device=\"p18-pv\",prosumer=\"P18\"}"));
    assertEquals(503, ready.get(2).statusCode());
    assertTrue(ready.get(2).body().contains("emergency stop"), ready.get(2).body());
    assertEquals(1, value(metrics.get(2), "ndoe_emergency_stop_engaged"));
  }

  @Test
  void isUnhealthyOnceTheJournalCannotBeWritten() {
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    try (Operations operations = Operations.ofRun(0, folder, Clock.systemUTC())) {
      folder.rehearse(DiskFault.READ_ONLY);
      assertThrows(RunFolderException.class, () -> folder.commands(List.of()));
      HttpResponse<String> health = get(operations.uri() + "/health");
      assertEquals(503, health.statusCode());
      assertTrue(health.body().contains("run.sqlite"), health.body());
    }
    folder.close();
  }

  @Test
  void answersOnLoopbackOnlyAndOnlyToReaders() throws Exception {
    boolean[] connected = {true};
    String uri;
    try (Operations operations =
        Operations.ofParty(0, () -> connected[0], () -> false, "no certified envelope")) {
      uri = operations.uri();
      assertTrue(uri.startsWith("http://127.0.0.1:"), uri);
      assertEquals(404, get(uri + "/").statusCode());
      assertEquals(404, get(uri + "/metrics/x").statusCode());
      HttpResponse<String> posted =
          client.send(
              HttpRequest.newBuilder(URI.create(uri + "/health"))
                  .POST(HttpRequest.BodyPublishers.ofString("x"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(405, posted.statusCode());
      assertEquals(200, get(uri + "/health").statusCode());
      assertTrue(get(uri + "/ready").body().contains("no certified envelope"));
      connected[0] = false;
      assertEquals(503, get(uri + "/health").statusCode());
      int port = URI.create(uri).getPort();
      DeviceLinkException taken =
          assertThrows(
              DeviceLinkException.class,
              () -> Operations.ofParty(port, () -> true, () -> true, "nothing"));
      assertTrue(taken.getMessage().contains("--metrics: port " + port), taken.getMessage());
    }
    assertThrows(
        ConnectException.class,
        () ->
            client.send(
                HttpRequest.newBuilder(URI.create(uri + "/health")).build(),
                HttpResponse.BodyHandlers.ofString()));
    assertFalse(Files.exists(temp.resolve(Operations.FILE)));
  }
}
