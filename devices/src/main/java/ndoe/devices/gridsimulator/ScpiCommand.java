package ndoe.devices.gridsimulator;

import java.util.List;
import java.util.Locale;

/**
 * How one operation is spelled.
 *
 * @param lines sent one after another; {@code {value}} and {@code {phase}} are filled in
 * @param decimals of the value that is sent, 0 to 6
 * @param factor SI units per unit of the instrument, for what is sent and what is answered
 * @param source where the spelling is from
 */
public record ScpiCommand(List<String> lines, int decimals, double factor, String source) {
  public ScpiCommand {
    lines = List.copyOf(lines);
  }

  /** Whether each phase is asked for by itself. */
  boolean perPhase() {
    return lines.stream().anyMatch(line -> line.contains("{phase}"));
  }

  /** The lines with the phase (1 to 3) and the value in SI units filled in. */
  List<String> filled(int phase, double value) {
    String number = String.format(Locale.ROOT, "%." + decimals + "f", value / factor);
    return lines.stream()
        .map(line -> line.replace("{phase}", Integer.toString(phase)).replace("{value}", number))
        .toList();
  }

  /** Half of the last digit that is sent, in SI units. */
  double resolution() {
    return factor * Math.pow(10, -decimals) / 2;
  }
}
