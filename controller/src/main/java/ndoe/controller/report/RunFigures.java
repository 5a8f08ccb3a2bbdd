package ndoe.controller.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.Judgement;
import ndoe.controller.journal.TradeRow;
import ndoe.controller.journal.VoltageRow;

/** What a run comes to in numbers, for putting runs side by side. */
final class RunFigures {
  private final Day day;
  private final Optional<AgreementFacts> agreed;

  RunFigures(Day day) {
    this.day = day;
    agreed = day.run().agreed();
  }

  /**
   * One number of a run.
   *
   * @param name for people, with its unit
   * @param column for files, with its unit
   * @param value empty where the run does not know it
   * @param shown as people read it
   */
  record Figure(String name, String column, OptionalDouble value, Function<Double, String> shown) {}

  /** In the same order for every run; money is left out where it is in another currency. */
  List<Figure> all(String currency) {
    boolean sameMoney = currency.equals(day.run().scenario().currency());
    List<Figure> figures = new ArrayList<>();
    money(figures, "network cost, ", "network_cost_", currency, sameMoney, RunFigures::networkCost);
    money(
        figures,
        "prosumers’ cost, ",
        "prosumer_cost_",
        currency,
        sameMoney,
        AgreementFacts::prosumerCost);
    money(figures, "total cost, ", "total_cost_", currency, sameMoney, RunFigures::totalCost);
    EnvelopeShares shares = EnvelopeShares.of(day.run(), day.points());
    add(
        figures,
        "envelopes, kWh",
        "envelope_area_kwh",
        day.points().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(shares.totalKwh()),
        Figures::three);
    add(figures, "Jain’s index", "jain_index", shares.fairness(), Figures::three);
    add(figures, "sold to others, kWh", "peer_energy_kwh", peerKwh(), Figures::three);
    add(figures, "rounds", "rounds", of(AgreementFacts::rounds), RunFigures::whole);
    add(figures, "messages", "messages", of(AgreementFacts::messages), RunFigures::whole);
    add(
        figures,
        "certified gap, %",
        "certified_gap_percent",
        agreed
            .map(AgreementFacts::gapFraction)
            .filter(OptionalDouble::isPresent)
            .map(gap -> OptionalDouble.of(100 * gap.getAsDouble()))
            .orElse(OptionalDouble.empty()),
        Figures::three);
    measured(figures);
    return figures;
  }

  private void measured(List<Figure> figures) {
    voltage(
        figures,
        "lowest voltage judged, pu",
        "judged_lowest_voltage_pu",
        judged(Judgement::lowestVoltagePu));
    voltage(
        figures,
        "highest voltage judged, pu",
        "judged_highest_voltage_pu",
        judged(Judgement::highestVoltagePu));
    voltage(figures, "lowest voltage measured, pu", "measured_lowest_voltage_pu", lowest());
    voltage(figures, "highest voltage measured, pu", "measured_highest_voltage_pu", highest());
    add(
        figures,
        "limits broken",
        "violations",
        OptionalDouble.of(day.violations().size()),
        RunFigures::whole);
    add(
        figures,
        "measured intervals inside envelopes, %",
        "inside_envelopes_percent",
        percent(day.stepsInside(), day.measuredSteps()),
        Figures::three);
    add(
        figures,
        "setpoints applied, %",
        "setpoints_applied_percent",
        percent(day.setpointsApplied(), day.setpoints().size()),
        Figures::three);
  }

  private static void add(
      List<Figure> figures,
      String name,
      String column,
      OptionalDouble value,
      Function<Double, String> shown) {
    figures.add(new Figure(name, column, value, shown));
  }

  private static void voltage(
      List<Figure> figures, String name, String column, OptionalDouble value) {
    add(figures, name, column, value, Figures::perUnit);
  }

  private void money(
      List<Figure> figures,
      String name,
      String column,
      String currency,
      boolean sameMoney,
      ToDoubleFunction<AgreementFacts> value) {
    add(
        figures,
        name + currency,
        column + currency.toLowerCase(Locale.ROOT),
        sameMoney ? of(value) : OptionalDouble.empty(),
        Figures::money);
  }

  private OptionalDouble of(ToDoubleFunction<AgreementFacts> value) {
    return agreed
        .map(facts -> OptionalDouble.of(value.applyAsDouble(facts)))
        .orElse(OptionalDouble.empty());
  }

  /** Losses, battery wear and compensation; the value of the envelopes is no money. */
  static double networkCost(AgreementFacts facts) {
    return facts.operatorCost()
        - Optional.ofNullable(facts.parts().get("value of envelopes")).orElse(Double.NaN);
  }

  static double totalCost(AgreementFacts facts) {
    return networkCost(facts) + facts.prosumerCost();
  }

  private OptionalDouble peerKwh() {
    return agreed.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            day.run().scenario().horizon().intervalHours()
                * day.agreement().trades().stream().mapToDouble(TradeRow::powerKw).sum());
  }

  private OptionalDouble lowest() {
    return pu(day.voltages().lowest().map(VoltageDay.Interval::lowest));
  }

  private OptionalDouble highest() {
    return pu(day.voltages().highest().map(VoltageDay.Interval::highest));
  }

  private static OptionalDouble pu(Optional<VoltageRow> row) {
    return row.map(found -> OptionalDouble.of(found.voltagePu())).orElse(OptionalDouble.empty());
  }

  private OptionalDouble judged(Function<Judgement, OptionalDouble> value) {
    return day.run().judgement().map(value).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble percent(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / whole);
  }

  private static String whole(double value) {
    return Figures.count(Math.round(value));
  }
}
