package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import ndoe.controller.ReferenceDay;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operator and prosumers as processes of their own: what each of them was told, said in its log and
 * has in its files, searched for what belongs to the others (method, section 10).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartiesInProcessesIT {
  private static final String OPERATOR = "dso";
  private static final List<String> PROSUMERS = List.of("P18", "P25", "P10");
  private static final int INTERVALS = 3;

  /** Every number here stands nowhere else. */
  private static final String SITES =
      """
      prosumers:
        - {id: P18, bus: "18", load: {profile: mv_rural_p, peak_kw: 181.937}, pv: {profile: pv1, peak_kw: 903.713}, battery: {power_kw: 151.831, energy_kwh: 613.271, wear_per_kwh: 0.031713, soc: {min: 0.1137193, max: 0.9071319, initial: 0.4937317}}, shed_price_per_kwh: 8.13717}
        - {id: P25, bus: "25", load: {profile: mv_comm_p, peak_kw: 631.173}, pv: {profile: pv3, peak_kw: 226.371}, micro_turbine: {power_kw: 203.317, cost_per_kwh: 0.657311}, flexible_load_fraction: 0.153719}
        - {id: P10, bus: "10", load: {profile: mv_urban_p, peak_kw: 183.719}, pv: {profile: pv7, peak_kw: 507.137}, ev: {power_kw: 41.337, energy_kwh: 207.713, arrive: "09:17", depart: "23:43", required_kwh: 71.317, unserved_price_per_kwh: 3.17131}}
      """;

  @TempDir private static Path folder;

  private final Queue<MqttMessage> said = new ConcurrentLinkedQueue<>();
  private final Map<String, Secrets> secrets = new TreeMap<>();
  private final Map<String, String> known = new TreeMap<>();
  private Agreement together;
  private Scenario scenario;

  @BeforeAll
  void negotiateInProcesses() throws Exception {
    Path file = plantedScenario();
    scenario = ScenarioFile.read(file);
    ScenarioSplit.write(file, folder.resolve("parts"));
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        PahoLink witness = PahoLink.connect(broker.address(), LinkSettings.of("witness"))) {
      witness.subscribe("ndoe/#", said::add);
      Map<String, Process> processes = new LinkedHashMap<>();
      try {
        for (String id : PROSUMERS) {
          processes.put(id, start(broker, id, "prosumer", "--id", id, "--once", "--state"));
        }
        processes.put(OPERATOR, start(broker, OPERATOR, "dso", "--join", "60", "--out"));
        for (var entry : processes.entrySet()) {
          assertTrue(entry.getValue().waitFor(150, TimeUnit.SECONDS), entry.getKey());
          assertEquals(0, entry.getValue().exitValue(), () -> log(entry.getKey()));
        }
      } finally {
        processes.values().forEach(Process::destroyForcibly);
      }
    }
    together = together();
    for (String party : parties()) {
      known.put(party, everythingOf(party));
      secrets.put(party, party.equals(OPERATOR) ? ofOperator() : of(site(party)));
    }
  }

  private static List<String> parties() {
    List<String> parties = new ArrayList<>(PROSUMERS);
    parties.add(OPERATOR);
    return parties;
  }

  private Path plantedScenario() throws IOException {
    Path home = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
    Path own = Files.createDirectories(folder.resolve("whole"));
    Files.writeString(
        own.resolve("feeder.dss"),
        Files.readString(home.resolve("feeder.dss")).replace("r1=0.203 ", "r1=0.203137 "));
    Files.copy(
        home.resolve("profiles-2016-15min.csv.gz"), own.resolve("profiles-2016-15min.csv.gz"));
    String text =
        Files.readString(ReferenceDay.FILE)
            .replace("T00:00", "T10:00")
            .replace("intervals: 24", "intervals: " + INTERVALS)
            .replace("scenarios: 10", "scenarios: 4");
    return Files.writeString(
        own.resolve("day.yaml"), text.substring(0, text.indexOf("prosumers:\n")) + SITES);
  }

  private Process start(EmbeddedBroker broker, String party, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "ndoe.controller.cli.Ndoe",
                "agent"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            folder.resolve("made-by-" + party).toString(),
            folder.resolve("parts").resolve(party + ".yaml").toString(),
            "--broker",
            broker.address().uri(),
            "--verbose"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(party + ".log").toFile())
        .start();
  }

  private String log(String party) {
    try {
      return Files.readString(folder.resolve(party + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Agreement together() {
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            Table.SOLVER,
            Table.judge(),
            Settings.defaults(200),
            new Post(),
            NegotiationListener.SILENT)) {
      return negotiation.agree(Case.NDOE);
    }
  }

  /** Its part of the scenario, all that was said to it, its log and the files it made. */
  private String everythingOf(String party) throws IOException {
    StringBuilder all = new StringBuilder(log(party));
    for (MqttMessage message : said) {
      if (hears(party, message.topic())) {
        all.append('\n').append(message.topic()).append(' ').append(message.payload());
      }
    }
    try (Stream<Path> parts = Files.list(folder.resolve("parts"));
        Stream<Path> made = Files.list(folder.resolve("made-by-" + party))) {
      List<Path> files = new ArrayList<>(made.toList());
      parts
          .filter(
              path ->
                  path.getFileName().toString().startsWith(party)
                      || party.equals(OPERATOR) && path.toString().endsWith(".dss"))
          .forEach(files::add);
      for (Path each : files) {
        all.append('\n').append(text(each));
      }
    }
    return all.toString();
  }

  private static boolean hears(String party, String topic) {
    return party.equals(OPERATOR)
        ? topic.contains("/from/")
        : topic.contains("/p/" + party.toLowerCase(java.util.Locale.ROOT) + "/to/");
  }

  private static String text(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private ProsumerSite site(String id) {
    return scenario.prosumers().stream()
        .filter(each -> each.id().value().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** Device data, SoC, scenarios, costs, EV times, retail volume and price of one prosumer. */
  private Secrets of(ProsumerSite site) {
    Secrets own = new Secrets();
    String line =
        SITES.lines().filter(text -> text.contains("id: " + site.id())).findAny().orElseThrow();
    for (String number : line.split("[^0-9.]+")) {
      if (number.matches("\\d+\\.\\d{3,}")) {
        own.plant("planted", Double.parseDouble(number));
      }
    }
    site.vehicle()
        .ifPresent(
            vehicle -> {
              own.plant("arrival", vehicle.arrive().toString());
              own.plant("departure", vehicle.depart().toString());
            });
    own.add("load", site.loadKw());
    ProsumerPlan plan = together.plans().get(site.id());
    for (ProsumerPlan.SampleDispatch dispatch : plan.dispatches()) {
      own.add("scenario", dispatch.sample().generationKw());
      own.add("curtailment", dispatch.curtailedKw());
      own.add("second stage", dispatch.netImportKw());
    }
    own.add(
        "cost of the second stage",
        Stream.of(plan.worstExpectedRecourseCost()).mapToDouble(c -> c));
    Profile retail =
        Profile.generate(INTERVALS, t -> plan.plannedNetImportKw().at(t) - plan.purchaseKw().at(t));
    own.add("retail volume", retail);
    own.add("price", together.energyPricePerKwh().get(site.id()));
    // Without any retail the cost a prosumer tells is that of its second stage alone.
    own.except(plan.cost());
    own.except(plan.plannedNetImportKw());
    own.except(plan.purchaseKw());
    own.except(scenario.tariff().retailBuyPerKwh());
    own.except(scenario.tariff().retailSellPerKwh());
    together.envelopes().of(site.id()).envelopes().forEach(envelope -> except(own, envelope));
    return own;
  }

  private static void except(Secrets own, OperatingEnvelope envelope) {
    own.except(envelope.importLimitKw());
    own.except(envelope.exportLimitKw());
  }

  /** Impedance, passive load; other customers’ envelopes are looked for one by one. */
  private Secrets ofOperator() {
    Secrets own = new Secrets();
    own.plant("impedance", 0.203137);
    scenario
        .passiveLoads()
        .forEach(
            load -> {
              own.add("passive load", load.activePowerKw());
              own.add("passive load", load.reactivePowerKvar());
            });
    return own;
  }

  private Map<String, Set<String>> leaks(Map<String, String> texts) {
    Map<String, Set<String>> leaks = new TreeMap<>();
    secrets.forEach(
        (owner, own) ->
            texts.forEach(
                (party, text) -> {
                  Set<String> found = party.equals(owner) ? Set.of() : own.in(text);
                  if (!found.isEmpty()) {
                    leaks.put(owner + " at " + party, found);
                  }
                }));
    return leaks;
  }

  @Test
  void nothingPrivateIsAtAnotherParty() {
    secrets.forEach((party, own) -> assertTrue(own.size() > 10, party + " has no secrets"));
    // Who owns it has it, so the search sees what is there.
    secrets.forEach((party, own) -> assertFalse(own.in(known.get(party)).isEmpty(), party));
    assertEquals(Map.of(), leaks(known));
  }

  @Test
  void nobodyHearsOfTheEnvelopesAndOffersOfOthers() {
    for (String owner : PROSUMERS) {
      Secrets told = new Secrets();
      for (MqttMessage message : said) {
        if (hears(owner, message.topic())
            && (message.topic().endsWith("/offer") || message.topic().endsWith("/envelope"))) {
          Payload payload = Payload.read("an offer", message.payload(), Header.MOST_CHARACTERS);
          told.add(
              "import limit",
              Stream.of(payload.numbers("importLimitKw", INTERVALS))
                  .flatMapToDouble(java.util.Arrays::stream));
          told.add(
              "export limit",
              Stream.of(payload.numbers("exportLimitKw", INTERVALS))
                  .flatMapToDouble(java.util.Arrays::stream));
        }
      }
      assertTrue(told.size() > 0, owner);
      for (String other : PROSUMERS) {
        if (!other.equals(owner)) {
          assertEquals(Set.of(), told.in(known.get(other)), owner + " at " + other);
        }
      }
    }
  }

  @Test
  void privateFieldInAMessageIsFound() {
    MqttMessage report =
        said.stream()
            .filter(message -> message.topic().endsWith("/p18/from/report"))
            .findFirst()
            .orElseThrow();
    String tells = report.payload().replaceFirst("\\{", "{\"stateOfCharge\":0.4937317,");
    Map<String, String> texts = new TreeMap<>(known);
    texts.merge(OPERATOR, "\n" + tells, String::concat);
    assertEquals(Set.of("P18 at dso"), leaks(texts).keySet());
    assertFalse(NegotiationSchema.problems(report.topic(), tells).isEmpty());
    Payload payload = Payload.read("a report", tells, Header.MOST_CHARACTERS);
    assertThrows(
        DeviceLinkException.class,
        () -> AnswerText.read("report", payload, new ProsumerId("P18"), INTERVALS));
  }

  @Test
  void operatorsDataInAMessageOrALogIsFound() {
    double passiveKw = scenario.passiveLoads().get(3).activePowerKw().at(1);
    for (String tells : List.of("{\"r\":0.203137}", "drawn: " + passiveKw / 1000 + " MW")) {
      Map<String, String> texts = new TreeMap<>(known);
      texts.merge("P25", "\n" + tells, String::concat);
      assertEquals(Set.of("dso at P25"), leaks(texts).keySet());
    }
  }

  @Test
  void everyMessageFitsThePublishedSchema() {
    assertTrue(said.size() > 100);
    Map<String, String> oneOfAKind = new TreeMap<>();
    said.forEach(message -> oneOfAKind.put(AgentTopics.kindOf(message.topic()), message.topic()));
    assertTrue(oneOfAKind.size() >= 12, oneOfAKind::toString);
    Map<String, Integer> looked = new TreeMap<>();
    for (MqttMessage message : said) {
      if (looked.merge(AgentTopics.kindOf(message.topic()), 1, Integer::sum) <= 10) {
        assertEquals(
            List.of(),
            NegotiationSchema.problems(message.topic(), message.payload()),
            message.topic());
      }
    }
  }

  @Test
  void processesAgreeLikeOneProcess() throws IOException {
    String summary = Files.readString(folder.resolve("made-by-dso").resolve("agreement.json"));
    double apart =
        Double.parseDouble(summary.replaceAll("(?s).*\"objective\" : ([-0-9.E]+).*", "$1"));
    System.out.printf(
        "objective in one process %.9f, in %d processes %.9f%n",
        together.totalCost(), PROSUMERS.size() + 1, apart);
    assertEquals(together.totalCost(), apart, 1e-6 * together.scale());
    assertTrue(summary.contains("\"certified\" : true"), summary);
  }
}
