package ndoe.controller.report;

import ndoe.controller.journal.Judgement;
import ndoe.feeders.VoltageLimits;

/** The few numbers a reader looks for first. */
final class KeyFigures {
  private KeyFigures() {}

  static String html(Day day) {
    return "<dl class=figures>\n"
        + voltage(day)
        + envelopes(day)
        + setpoints(day)
        + figure("limits broken", Figures.count(day.violations().size()), broken(day))
        + "</dl>\n";
  }

  private static String voltage(Day day) {
    VoltageLimits limits = day.run().feeder().voltageLimits();
    String permitted = "permitted %s to %s".formatted(limits.minPu(), limits.maxPu());
    if (day.voltages().isEmpty()) {
      return figure("voltage, pu", Figures.NONE, "not measured; " + permitted);
    }
    String range =
        "%s to %s"
            .formatted(
                Figures.perUnit(day.voltages().lowest().orElseThrow().lowest().voltagePu()),
                Figures.perUnit(day.voltages().highest().orElseThrow().highest().voltagePu()));
    return figure("voltage, pu", range, permitted);
  }

  private static String envelopes(Day day) {
    if (day.measuredSteps() == 0) {
      return figure("inside envelopes", Figures.NONE, "nothing measured");
    }
    return figure(
        "inside envelopes",
        share(day.stepsInside(), day.measuredSteps()),
        "measured intervals of %d prosumers".formatted(day.points().size()));
  }

  private static String setpoints(Day day) {
    if (day.setpoints().isEmpty()) {
      return figure("setpoints applied", Figures.NONE, "no device was dispatched");
    }
    return figure(
        "setpoints applied",
        share(day.setpointsApplied(), day.setpoints().size()),
        "written and read back");
  }

  private static String share(long part, long whole) {
    return Figures.count(part) + " of " + Figures.count(whole);
  }

  private static String broken(Day day) {
    return day.run()
        .judgement()
        .map(Judgement::pointsTried)
        .map(points -> "in " + Figures.count(points) + " power flows" + measuredToo(day))
        .orElse("not judged");
  }

  private static String measuredToo(Day day) {
    return day.voltages().isEmpty() ? "" : " and all measured states";
  }

  private static String figure(String name, String value, String remark) {
    return "<div><dt>%s</dt><dd>%s<small>%s</small></dd></div>\n"
        .formatted(Html.text(name), Html.text(value), Html.text(remark));
  }
}
