package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.devices.sunspec.ModelImage;

/**
 * Model 126 or 132 of an emulated device: ActCrv selects curve 1, which cannot be written, or curve
 * 2, which can; what would make the acting curve none is refused. There is no reversion.
 */
final class SelectedCurve implements WritableModel {
  private static final List<String> CURVES = List.of("curve[0].", "curve[1].");
  private static final long ENABLED = 1;
  private static final long READ_ONLY = 1;
  private static final int HEADER = 12;
  private static final int CURVE = 54;

  private final EmulatedPlant plant;
  private final CurveFormat format;
  private final ModelImage image;
  private final WritablePoints writable;

  SelectedCurve(EmulatedPlant plant, CurveFormat format) {
    this.plant = plant;
    this.format = format;
    int curves = CURVES.size();
    this.image =
        ModelImage.blank(
            format.model(),
            Map.of("NPt", CurveFormat.MOST_POINTS, "NCrv", curves),
            HEADER + curves * CURVE);
    image.putRaw("V_SF", -2).putRaw("DeptRef_SF", -2);
    image.putRaw("ActCrv", 1).putRaw("ModEna", format.of(plant).enabled() ? ENABLED : 0);
    List<String> points = new ArrayList<>(List.of("ActCrv", "ModEna"));
    format.writable().forEach(point -> points.add(CURVES.get(1) + point));
    for (String curve : CURVES) {
      format.write(format.of(plant).curve(), image, curve);
      image.putRaw(curve + "ReadOnly", curve.equals(CURVES.get(0)) ? READ_ONLY : 0);
    }
    this.writable = new WritablePoints(image, points);
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {}

  @Override
  public boolean writable(int from, int to) {
    return writable.cover(from, to);
  }

  @Override
  public boolean take(int offset, int[] values) {
    ModelImage asked = image.copy();
    asked.overwrite(offset, values);
    long selected = asked.raw("ActCrv").orElse(0);
    boolean known = selected >= 1 && selected <= CURVES.size();
    if (!known || asked.raw("ModEna").orElse(-1) > ENABLED || asked.raw("ModEna").isEmpty()) {
      return false;
    }
    Optional<VoltageCurve> curve = format.read(asked, CURVES.get((int) selected - 1));
    if (curve.isEmpty()) {
      return false;
    }
    image.overwrite(offset, values);
    format.set(plant, curve.orElseThrow(), image.raw("ModEna").orElseThrow() == ENABLED);
    return true;
  }
}
