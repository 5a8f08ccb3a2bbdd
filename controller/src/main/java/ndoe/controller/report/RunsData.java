package ndoe.controller.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.RoundRow;

/** What the script draws of several runs; times are hours from the beginning of each. */
final class RunsData {
  private static final int DECIMALS = 5;

  private final List<Day> days;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private RunsData(List<Day> days) {
    this.days = days;
  }

  static String json(List<String> labels, List<Day> days) {
    RunsData data = new RunsData(days);
    labels.forEach(data.root.putArray("runs")::add);
    data.root.put("currency", days.get(0).run().scenario().currency());
    if (hasCosts(days)) {
      ObjectNode cost = data.root.putObject("cost");
      data.perRun(cost.putArray("network"), RunFigures::networkCost);
      data.perRun(cost.putArray("prosumers"), AgreementFacts::prosumerCost);
    }
    data.areas();
    data.voltages();
    data.rounds();
    data.envelopes();
    return data.root.toString();
  }

  /** Whether all runs have costs, in one currency. */
  static boolean hasCosts(List<Day> days) {
    return days.stream().allMatch(day -> day.run().agreed().isPresent())
        && days.stream().map(day -> day.run().scenario().currency()).distinct().count() == 1;
  }

  /** Those of any run, in the order in which they come. */
  static List<String> prosumers(List<Day> days) {
    Set<String> prosumers = new LinkedHashSet<>();
    days.forEach(day -> day.points().forEach(point -> prosumers.add(point.prosumer().value())));
    return List.copyOf(prosumers);
  }

  static OptionalDouble areaKwh(Day day, String prosumer) {
    return EnvelopeShares.of(day.run(), day.points()).areaKwh().entrySet().stream()
        .filter(area -> area.getKey().value().equals(prosumer))
        .mapToDouble(area -> area.getValue())
        .findFirst();
  }

  private void perRun(ArrayNode values, ToDoubleFunction<AgreementFacts> value) {
    days.forEach(day -> add(values, value.applyAsDouble(day.run().agreed().orElseThrow())));
  }

  private static void add(ArrayNode values, double value) {
    ChartData.add(values, OptionalDouble.of(value), DECIMALS);
  }

  private void areas() {
    List<String> prosumers = prosumers(days);
    prosumers.forEach(root.putArray("prosumers")::add);
    ArrayNode areas = root.putArray("area");
    for (Day day : days) {
      ArrayNode own = areas.addArray();
      prosumers.forEach(p -> add(own, areaKwh(day, p).orElse(Double.NaN)));
    }
  }

  private static double hours(Day day, LocalDateTime start) {
    return ChronoUnit.MINUTES.between(day.run().scenario().horizon().start(), start) / 60.0;
  }

  private ObjectNode ofRun(ArrayNode runs, int number) {
    return runs.addObject()
        .put("run", number)
        .put("length", days.get(number).run().scenario().horizon().intervalHours());
  }

  private void voltages() {
    ArrayNode runs = root.putArray("voltage");
    for (int number = 0; number < days.size(); number++) {
      Day day = days.get(number);
      if (!day.voltages().isEmpty()) {
        ObjectNode node = ofRun(runs, number);
        var limits = day.run().feeder().voltageLimits();
        node.putArray("limits").add(limits.minPu()).add(limits.maxPu());
        ArrayNode hours = node.putArray("hours");
        ArrayNode lowest = node.putArray("lowest");
        ArrayNode highest = node.putArray("highest");
        day.voltages()
            .intervals()
            .forEach(
                interval -> {
                  add(hours, hours(day, interval.start()));
                  add(lowest, interval.lowest().voltagePu());
                  add(highest, interval.highest().voltagePu());
                });
      }
    }
  }

  private void rounds() {
    ArrayNode runs = root.putArray("rounds");
    for (int number = 0; number < days.size(); number++) {
      List<RoundRow> rounds = days.get(number).agreement().rounds();
      if (!rounds.isEmpty()) {
        ObjectNode node = ofRun(runs, number);
        ArrayNode numbers = node.putArray("number");
        ArrayNode mismatch = node.putArray("mismatch");
        rounds.forEach(row -> numbers.add(row.round()));
        rounds.forEach(row -> add(mismatch, row.envelopeMismatchKw()));
      }
    }
  }

  private void envelopes() {
    ArrayNode prosumers = root.putArray("envelopes");
    for (String prosumer : prosumers(days)) {
      ArrayNode runs = prosumers.addArray();
      for (int number = 0; number < days.size(); number++) {
        Day day = days.get(number);
        List<PointDay.Step> steps = new ArrayList<>();
        day.points().stream()
            .filter(point -> point.prosumer().value().equals(prosumer))
            .forEach(point -> steps.addAll(point.steps()));
        if (!steps.isEmpty()) {
          ObjectNode node = ofRun(runs, number);
          ArrayNode hours = node.putArray("hours");
          ArrayNode imports = node.putArray("import");
          ArrayNode exports = node.putArray("export");
          for (PointDay.Step step : steps) {
            add(hours, hours(day, step.envelope().intervalStart()));
            add(imports, step.envelope().importLimitKw());
            add(exports, -step.envelope().exportLimitKw());
          }
        }
      }
    }
  }
}
