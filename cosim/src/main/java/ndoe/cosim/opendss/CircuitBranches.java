package ndoe.cosim.opendss;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The lines and transformers of a loaded circuit that are in service: what they are rated for and
 * what flows through them. Void once the circuit is closed or another is loaded.
 */
final class CircuitBranches implements AutoCloseable {
  private static final double KW_PER_MW = 1000;

  private final List<Branch> branches = new ArrayList<>();
  private final List<Integer> firstEnd = new ArrayList<>();
  private final Memory elements;
  private final Memory currentsCell = new Memory(Native.POINTER_SIZE);
  private final Memory currentsSize = new Memory(4 * Integer.BYTES);
  private final Memory powersCell = new Memory(Native.POINTER_SIZE);
  private final Memory powersSize = new Memory(4 * Integer.BYTES);
  private final double[] currents;
  private final double[] powers;

  /**
   * A branch.
   *
   * @param name as {@code line.650632}
   * @param from bus of its first end with the phases connected, as the script has it
   * @param normalAmperes what one conductor may carry
   * @param offset of its currents among those of all, counted in complex numbers
   * @param terminals ends at which the rating holds
   */
  record Branch(
      String name,
      String from,
      String to,
      int phases,
      int conductors,
      int terminals,
      double normalAmperes,
      double resistanceOhm,
      double reactanceOhm,
      int offset) {}

  CircuitBranches(DssCircuit circuit) {
    List<Long> inService = new ArrayList<>();
    int offset = 0;
    int ends = 0;
    for (String kind : List.of("line", "transformer")) {
      for (Map.Entry<String, Long> element : circuit.elements(kind).entrySet()) {
        String name = kind + "." + element.getKey();
        if (isYes(circuit.command("? " + name + ".enabled"))) {
          int conductors = DssLibrary.Alt_CE_Get_NumConductors(element.getValue());
          int terminals = DssLibrary.Alt_CE_Get_NumTerminals(element.getValue());
          int phases = DssLibrary.Alt_CE_Get_NumPhases(element.getValue());
          branches.add(branch(circuit, kind, name, phases, conductors, offset));
          inService.add(element.getValue());
          firstEnd.add(ends);
          ends += terminals;
          offset += conductors * terminals;
        }
      }
    }
    elements = new Memory((long) Math.max(1, inService.size()) * Native.POINTER_SIZE);
    for (int each = 0; each < inService.size(); each++) {
      elements.setLong((long) each * Native.POINTER_SIZE, inService.get(each));
    }
    currents = new double[2 * offset];
    powers = new double[2 * ends];
    for (Memory cell : List.of(currentsCell, currentsSize, powersCell, powersSize)) {
      cell.clear();
    }
  }

  private static boolean isYes(String answer) {
    return List.of("yes", "true").contains(answer.toLowerCase(Locale.ROOT));
  }

  private static Branch branch(
      DssCircuit circuit, String kind, String name, int phases, int conductors, int offset) {
    double amperes = Double.parseDouble(circuit.command("? " + name + ".normamps"));
    return kind.equals("line")
        ? line(circuit, name, phases, conductors, amperes, offset)
        : transformer(circuit, name, phases, conductors, amperes, offset);
  }

  // The mean self-impedance of a phase: what a distance along the line is measured by.
  private static Branch line(
      DssCircuit circuit, String name, int phases, int conductors, double amperes, int offset) {
    double length = Double.parseDouble(circuit.command("? " + name + ".length"));
    return new Branch(
        name,
        circuit.command("? " + name + ".bus1"),
        circuit.command("? " + name + ".bus2"),
        phases,
        conductors,
        2,
        amperes,
        length * meanDiagonal(circuit.command("? " + name + ".rmatrix")),
        length * meanDiagonal(circuit.command("? " + name + ".xmatrix")),
        offset);
  }

  // Rated by its first winding; its impedance as seen from the second.
  private static Branch transformer(
      DssCircuit circuit, String name, int phases, int conductors, double amperes, int offset) {
    List<String> buses = DssText.list(circuit.command("? " + name + ".buses"));
    double kva = DssText.numbers(circuit.command("? " + name + ".kvas"))[0];
    double kv = DssText.numbers(circuit.command("? " + name + ".kvs"))[1];
    double reactance = Double.parseDouble(circuit.command("? " + name + ".xhl")) / 100;
    double[] percentR = DssText.numbers(circuit.command("? " + name + ".%rs"));
    double baseOhm = 1000 * kv * kv / kva;
    return new Branch(
        name,
        buses.get(0),
        buses.get(1),
        phases,
        conductors,
        1,
        amperes,
        baseOhm * (percentR[0] + percentR[1]) / 100,
        baseOhm * reactance,
        offset);
  }

  /** Of a lower triangle or whole matrix in the engine’s notation. */
  private static double meanDiagonal(String matrix) {
    String[] rows = matrix.replaceAll("[\\[\\]()]", " ").split("\\|", -1);
    double sum = 0;
    for (int row = 0; row < rows.length; row++) {
      sum += DssText.numbers(rows[row])[row];
    }
    return sum / rows.length;
  }

  List<Branch> all() {
    return branches;
  }

  /** Takes over what flows now. */
  void update() {
    int size = branches.size();
    if (size == 0) {
      return;
    }
    long batch = Pointer.nativeValue(elements);
    DssLibrary.Alt_CEBatch_Get_Currents(
        Pointer.nativeValue(currentsCell), Pointer.nativeValue(currentsSize), batch, size);
    read(currentsCell, currentsSize, currents);
    DssLibrary.Alt_CEBatch_Get_TotalPowers(
        Pointer.nativeValue(powersCell), Pointer.nativeValue(powersSize), batch, size);
    read(powersCell, powersSize, powers);
  }

  private static void read(Memory cell, Memory size, double[] target) {
    if (size.getInt(0) != target.length) {
      throw new IllegalStateException(
          "the engine has %d numbers, expected were %d".formatted(size.getInt(0), target.length));
    }
    cell.getPointer(0).read(0, target, 0, target.length);
  }

  /** The largest current of any conductor as a fraction of the rating. */
  double loading(int number) {
    Branch branch = branches.get(number);
    double highest = 0;
    for (int end = 0; end < branch.terminals(); end++) {
      for (int phase = 0; phase < branch.phases(); phase++) {
        int at = branch.offset() + end * branch.conductors() + phase;
        highest = Math.max(highest, Math.hypot(currents[2 * at], currents[2 * at + 1]));
      }
    }
    return highest / branch.normalAmperes();
  }

  /** Real part of the current into a conductor at the first end, fraction of the rating. */
  double realPart(int number, int phase) {
    Branch branch = branches.get(number);
    return currents[2 * (branch.offset() + phase)] / branch.normalAmperes();
  }

  double imaginaryPart(int number, int phase) {
    Branch branch = branches.get(number);
    return currents[2 * (branch.offset() + phase) + 1] / branch.normalAmperes();
  }

  /** Active losses of a branch, MW. */
  double lossesMw(int number) {
    return sumOfEnds(number, 0);
  }

  double reactiveLossesMvar(int number) {
    return sumOfEnds(number, 1);
  }

  /** What goes in at all ends together. */
  private double sumOfEnds(int number, int part) {
    double kilo = 0;
    int end = number + 1 < firstEnd.size() ? firstEnd.get(number + 1) : powers.length / 2;
    for (int each = firstEnd.get(number); each < end; each++) {
      kilo += powers[2 * each + part];
    }
    return kilo / KW_PER_MW;
  }

  @Override
  public void close() {
    for (Memory cell : List.of(currentsCell, powersCell)) {
      if (cell.getLong(0) != 0) {
        DssLibrary.DSS_Dispose_PDouble(Pointer.nativeValue(cell));
      }
    }
  }
}
