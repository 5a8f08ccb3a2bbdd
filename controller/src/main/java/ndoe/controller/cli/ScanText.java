package ndoe.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ndoe.devices.sunspec.ModelReading;
import ndoe.devices.sunspec.PointReading;
import ndoe.devices.sunspec.PointValue;
import ndoe.devices.sunspec.SunSpecScan;

/** What a SunSpec device said, for reading. */
final class ScanText {
  private static final int COMMON = 1;

  private static final Map<String, String> IDENTITY =
      Map.of(
          "Mn", "manufacturer", "Md", "model", "Opt", "options", "Vr", "version", "SN", "serial");

  private static final List<String> IDENTITY_ORDER = List.of("Mn", "Md", "Opt", "Vr", "SN");
  private static final Set<Integer> RATINGS = Set.of(120, 121, 702);
  private static final Set<Integer> PRESENT =
      Set.of(
          101, 102, 103, 111, 112, 113, 122, 160, 201, 202, 203, 204, 211, 212, 213, 214, 701, 713,
          714, 802);
  private static final Set<Integer> CONTROLS = Set.of(123, 124, 703, 704, 715);
  private static final Set<String> HEADER = Set.of("ID", "L");

  private final SunSpecScan scan;
  private final boolean all;
  private final List<String> lines = new ArrayList<>();

  /**
   * Ready to be told.
   *
   * @param all whether to show every implemented point and not only ratings, present values and
   *     controls
   */
  ScanText(SunSpecScan scan, boolean all) {
    this.scan = scan;
    this.all = all;
  }

  List<String> lines() {
    lines.clear();
    line(
        "%s: SunSpec at register %d, %d models", scan.address(), scan.base(), scan.models().size());
    scan.find(COMMON).ifPresent(this::identity);
    line("");
    line("  model  address  registers");
    scan.models().forEach(this::model);
    if (all) {
      section("points", Set.of());
    } else {
      section("ratings", RATINGS);
      section("present values", PRESENT);
      section("controls", CONTROLS);
    }
    return List.copyOf(lines);
  }

  private void identity(ModelReading.Decoded common) {
    for (String point : IDENTITY_ORDER) {
      String text = common.text(point);
      if (!text.isEmpty()) {
        line("  %-14s%s", IDENTITY.get(point), printable(text));
      }
    }
  }

  private void model(ModelReading model) {
    String what =
        model instanceof ModelReading.Decoded decoded
            ? decoded.label()
            : model instanceof ModelReading.Refused refused
                ? "NOT READ: " + refused.reason()
                : "no published definition; not read";
    line("  %5d  %7d  %9d  %s", model.id(), model.address(), 2 + model.length(), what);
  }

  /** The points of some models, or of all when none are named. */
  private void section(String title, Set<Integer> models) {
    List<ModelReading.Decoded> chosen =
        scan.models().stream()
            .filter(model -> models.isEmpty() || models.contains(model.id()))
            .filter(ModelReading.Decoded.class::isInstance)
            .map(ModelReading.Decoded.class::cast)
            .filter(model -> model.values().allPoints().anyMatch(ScanText::worthShowing))
            .toList();
    if (!chosen.isEmpty()) {
      line("");
      line("%s", title);
      chosen.forEach(
          model ->
              model
                  .values()
                  .allPoints()
                  .filter(ScanText::worthShowing)
                  .forEach(point -> point(model.id(), point)));
    }
  }

  private void point(int model, PointReading point) {
    String value = printable(point.value().toString());
    boolean counted = point.value() instanceof PointValue.State;
    String meant = counted || point.unit().isEmpty() ? value : value + " " + point.unit();
    line("  %5d  %-20s %-22s %s", model, point.path(), meant, point.label());
  }

  private static boolean worthShowing(PointReading point) {
    return point.implemented()
        && !(point.value() instanceof PointValue.ScaleFactor)
        && !HEADER.contains(point.path());
  }

  /** A device must not be able to steer the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?");
  }

  private void line(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }
}
