package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.devices.sunspec.ModelImage;

/**
 * Model 705 or 706 of an emulated device. Curve 1 acts and cannot be written; curve 2 can, and is
 * copied to curve 1 at once when AdptCrvReq asks for it. There is no reversion.
 */
final class AdoptedCurve implements WritableModel {
  private static final String ACTING = "Crv[0].";
  private static final String EDITABLE = "Crv[1].";
  private static final long ENABLED = 1;
  private static final long COMPLETED = 1;
  private static final long FAILED = 2;
  private static final long READ_ONLY = 1;
  private static final long ACTIVE_FIRST = 0;
  private static final int ALL_REGISTERS = 1 << 8;

  private final EmulatedPlant plant;
  private final CurveFormat format;
  private final ModelImage image;
  private final WritablePoints writable;

  AdoptedCurve(EmulatedPlant plant, CurveFormat format) {
    this.plant = plant;
    this.format = format;
    this.image =
        ModelImage.blank(
            format.model(), Map.of("NPt", CurveFormat.MOST_POINTS, "NCrv", 2), ALL_REGISTERS);
    image.putRaw("V_SF", -2).putRaw("DeptRef_SF", -2).putRaw("RspTms_SF", -1);
    image.putRaw("Ena", format.of(plant).enabled() ? ENABLED : 0);
    image.putRaw("AdptCrvReq", 1).putRaw("AdptCrvRslt", COMPLETED);
    List<String> points = new ArrayList<>(List.of("Ena", "AdptCrvReq"));
    format.writable().forEach(point -> points.add(EDITABLE + point));
    for (String curve : List.of(ACTING, EDITABLE)) {
      format.write(format.of(plant).curve(), image, curve);
      image.putRaw(curve + "ReadOnly", curve.equals(ACTING) ? READ_ONLY : 0);
      if (format.reactive()) {
        image.putRaw(curve + "Pri", ACTIVE_FIRST);
      }
    }
    if (format.reactive()) {
      points.add(EDITABLE + "Pri");
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
    boolean priority = !format.reactive() || asked.raw(EDITABLE + "Pri").orElse(-1) == ACTIVE_FIRST;
    if (!priority || asked.raw("Ena").orElse(-1) > ENABLED || asked.raw("Ena").isEmpty()) {
      return false;
    }
    image.overwrite(offset, values);
    int request = image.offset("AdptCrvReq");
    if (offset <= request && request < offset + values.length) {
      adopt();
    }
    boolean enabled = image.raw("Ena").orElseThrow() == ENABLED;
    format.set(plant, format.read(image, ACTING).orElseThrow(), enabled);
    return true;
  }

  private void adopt() {
    long wanted = image.raw("AdptCrvReq").orElse(0);
    Optional<VoltageCurve> curve =
        wanted == 1 ? format.read(image, ACTING) : format.read(image, EDITABLE);
    boolean fits = (wanted == 1 || wanted == 2) && curve.isPresent();
    if (fits) {
      format.write(curve.orElseThrow(), image, ACTING);
    }
    image.putRaw("AdptCrvRslt", fits ? COMPLETED : FAILED);
  }
}
