package ndoe.feeders;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The properties of the OpenDSS classes a circuit may consist of, in the engine’s order. Marked
 * with {@code !} are those that write files, load code or name what a circuit may not contain.
 */
final class DssProperties {
  private static final String SOURCE =
      "bus1 basekv pu angle frequency phases mvasc3 mvasc1 x1r1 x0r0 isc3 isc1 r1 x1 r0 x0 scantype"
          + " sequence bus2 z1 z0 z2 puz1 puz0 puz2 basemva yearly daily duty model puzideal"
          + " spectrum basefreq enabled like";
  private static final String WIRE =
      " rdc rac runits gmrac gmrunits radius radunits normamps emergamps diam seasons ratings"
          + " capradius like";

  /** The end of every element that carries power. */
  private static final String DELIVERY =
      " normamps emergamps faultrate pctperm repair basefreq enabled like";

  private static final Map<String, List<String>> PROPERTIES =
      Map.ofEntries(
          of("circuit", SOURCE),
          of("vsource", SOURCE),
          of(
              "line",
              "bus1 bus2 linecode length phases r1 x1 r0 x0 c1 c0 rmatrix xmatrix cmatrix switch rg"
                  + " xg rho geometry units spacing wires earthmodel cncables tscables b1 b0"
                  + " seasons ratings linetype"
                  + DELIVERY),
          of(
              "linecode",
              "nphases r1 x1 r0 x0 c1 c0 units rmatrix xmatrix cmatrix basefreq normamps emergamps"
                  + " faultrate pctperm repair kron rg xg rho neutral b1 b0 seasons ratings"
                  + " linetype like"),
          of(
              "linegeometry",
              "nconds nphases cond wire x h units normamps emergamps reduce spacing wires cncable"
                  + " tscable cncables tscables seasons ratings linetype like"),
          of("linespacing", "nconds nphases x h units like"),
          of("wiredata", WIRE),
          of("cndata", "k diastrand gmrstrand rstrand epsr inslayer diains diacable" + WIRE),
          of("tsdata", "diashield tapelayer tapelap epsr inslayer diains diacable" + WIRE),
          of(
              "xfmrcode",
              "phases windings wdg conn kv kva tap %r rneut xneut conns kvs kvas taps xhl xht xlt"
                  + " xscarray thermal n m flrise hsrise %loadloss %noloadloss normhkva emerghkva"
                  + " maxtap mintap numtaps %imag ppm_antifloat %rs x12 x13 x23 rdcohms seasons"
                  + " ratings like"),
          of(
              "transformer",
              "phases windings wdg bus conn kv kva tap %r rneut xneut buses conns kvs kvas taps xhl"
                  + " xht xlt xscarray thermal n m flrise hsrise %loadloss %noloadloss normhkva"
                  + " emerghkva sub maxtap mintap numtaps subname %imag ppm_antifloat %rs bank"
                  + " xfmrcode xrconst x12 x13 x23 leadlag !wdgcurrents core rdcohms seasons"
                  + " ratings"
                  + DELIVERY),
          of(
              "regcontrol",
              "transformer winding vreg band ptratio ctprim r x bus delay reversible revvreg"
                  + " revband revr revx tapdelay !debugtrace maxtapchange inversetime tapwinding"
                  + " vlimit ptphase revthreshold revdelay revneutral eventlog remoteptratio tapnum"
                  + " reset ldc_z rev_z cogen basefreq enabled like"),
          of(
              "capacitor",
              "bus1 bus2 phases kvar kv conn cmatrix cuf r xl harm numsteps states" + DELIVERY),
          of(
              "capcontrol",
              "element terminal capacitor type ptratio ctratio onsetting offsetting delay"
                  + " voltoverride vmax vmin delayoff deadtime ctphase ptphase vbus eventlog"
                  + " !usermodel !userdata pctminkvar reset !controlsignal basefreq enabled like"),
          of(
              "reactor",
              "bus1 bus2 phases kvar kv conn rmatrix xmatrix parallel r x rp z1 z2 z0 z rcurve"
                  + " lcurve lmh"
                  + DELIVERY),
          of(
              "load",
              "phases bus1 kv kw pf model yearly daily duty growth conn kvar rneut xneut status"
                  + " class vminpu vmaxpu vminnorm vminemerg xfkva allocationfactor kva %mean"
                  + " %stddev cvrwatts cvrvars kwh kwhdays cfactor cvrcurve numcust zipv %seriesrl"
                  + " relweight vlowpu puxharm xrharm spectrum basefreq enabled like"),
          of(
              "energymeter",
              "element terminal !action option kvanormal kvaemerg peakcurrent zonelist localonly"
                  + " mask losses linelosses xfmrlosses seqlosses 3phaselosses vbaselosses"
                  + " !phasevoltagereport int_rate int_duration !saifi !saifikw !saidi !caidi"
                  + " !custinterrupts basefreq enabled like"));

  private static final List<String> CLASSES = PROPERTIES.keySet().stream().sorted().toList();

  private DssProperties() {}

  private static Map.Entry<String, List<String>> of(String className, String properties) {
    return entry(className, List.of(properties.split(" ")));
  }

  /** The classes, in alphabetical order. */
  static List<String> classes() {
    return CLASSES;
  }

  /**
   * The whole name of a property: itself or, as the engine has it, what it is the beginning of.
   *
   * @return empty if there is none, several begin so or it may not be used
   */
  static Optional<String> named(String className, String given) {
    String begin = given.toLowerCase(Locale.ROOT);
    List<String> all = PROPERTIES.getOrDefault(className, List.of());
    if (all.contains(begin) && !begin.startsWith("!")) {
      return Optional.of(begin);
    }
    List<String> candidates =
        all.stream().filter(name -> name.replace("!", "").startsWith(begin)).toList();
    return candidates.size() == 1 && !begin.isEmpty() && !candidates.get(0).startsWith("!")
        ? Optional.of(candidates.get(0))
        : Optional.empty();
  }

  /** What may be used, as text. */
  static String allowed(String className) {
    return PROPERTIES.getOrDefault(className, List.of()).stream()
        .filter(name -> !name.startsWith("!"))
        .collect(Collectors.joining(", "));
  }
}
