package ndoe.controller.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard of the lab set-up against what runs and parties tell. */
class GrafanaDashboardTest {
  private static final Path DASHBOARD = Path.of("../lab-setup/grafana/dashboard.json");
  private static final Pattern NAME = Pattern.compile("\\b(?:ndoe|jvm|process)_[a-z_]+\\b");

  private static Set<String> told() {
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics.register(registry);
    new DayMetrics(registry);
    new DeviceMetrics(registry, Clock.systemUTC());
    new NegotiationMetrics(registry);
    Operations.registerParty(registry, () -> true, () -> true);
    return registry.scrape().stream()
        .flatMap(GrafanaDashboardTest::names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As Prometheus knows it. */
  private static Stream<String> names(MetricSnapshot metric) {
    String name = metric.getMetadata().getPrometheusName();
    if (metric instanceof CounterSnapshot) {
      return Stream.of(name + "_total");
    }
    return metric instanceof HistogramSnapshot
        ? Stream.of(name + "_bucket", name + "_sum", name + "_count")
        : Stream.of(name);
  }

  private static Set<String> shown() throws IOException {
    JsonNode dashboard = new JsonMapper().readTree(DASHBOARD.toFile());
    Set<String> names = new TreeSet<>();
    List<String> expressions = dashboard.findValuesAsText("expr");
    assertTrue(expressions.size() > 20, () -> expressions.size() + " expressions");
    Stream.concat(
            expressions.stream(),
            dashboard.findPath("templating").findPath("list").findValuesAsText("query").stream())
        .forEach(
            expression -> {
              Matcher matcher = NAME.matcher(expression);
              while (matcher.find()) {
                names.add(matcher.group());
              }
            });
    return names;
  }

  @Test
  void everyNameOnItIsOneThatIsTold() throws IOException {
    Set<String> unknown = shown();
    unknown.removeAll(told());
    assertEquals(Set.of(), unknown);
  }

  /** Parts of a histogram belong together; of those of the program itself it shows some. */
  @Test
  void showsWhateverIsToldOfTheGrid() throws IOException {
    Set<String> shown = shown();
    Set<String> missing =
        told().stream()
            .filter(name -> name.startsWith("ndoe_"))
            .map(name -> name.replaceFirst("_(bucket|sum|count)$", ""))
            .filter(name -> shown.stream().noneMatch(other -> other.startsWith(name)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing);
  }
}
