package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;

/**
 * Line flows at the plan and the losses they cost (method, 3.2 and 3.4). Lines in series that carry
 * the same plans share one flow variable, so the number of variables follows the plans and assets,
 * not the lines.
 */
final class NominalFlows {
  private final LinDistFlow network;
  private final ConvexProgram.Builder program;
  private final double[] costPerSquare;
  private final int[] outermostFirst;

  /**
   * For one program.
   *
   * @param costPerSquare cost of a squared flow through each line, thousands per MVA²
   */
  NominalFlows(LinDistFlow network, ConvexProgram.Builder program, double[] costPerSquare) {
    this.network = network;
    this.program = program;
    this.costPerSquare = costPerSquare;
    this.outermostFirst = outermostFirst(network);
  }

  private static int[] outermostFirst(LinDistFlow network) {
    List<Integer> lines = new ArrayList<>();
    int[] depth = new int[network.lines()];
    for (int l = 0; l < network.lines(); l++) {
      lines.add(l);
      for (int up = network.parentLine(l); up >= 0; up = network.parentLine(up)) {
        depth[l]++;
      }
    }
    lines.sort((a, b) -> Integer.compare(depth[b], depth[a]));
    return lines.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Adds the cost of losses by one kind of power, active or reactive.
   *
   * @param fixed drawn at every bus whatever is decided, MW or Mvar
   */
  void add(String name, double[] fixed, List<NominalDraw> draws) {
    Variable[] flow = new Variable[network.lines()];
    for (int l : outermostFirst) {
      List<Variable> carried = new ArrayList<>();
      for (int child = 0; child < network.lines(); child++) {
        if (network.parentLine(child) == l && flow[child] != null) {
          carried.add(flow[child]);
        }
      }
      int bus = network.fedBus(l);
      List<NominalDraw> here = draws.stream().filter(draw -> draw.places()[0] == bus).toList();
      flow[l] = here.isEmpty() && carried.size() <= 1 ? only(carried) : sum(name, l, carried, here);
      addCost(l, network.flow(l, fixed), flow[l]);
    }
  }

  private static Variable only(List<Variable> carried) {
    return carried.isEmpty() ? null : carried.get(0);
  }

  private Variable sum(String name, int line, List<Variable> carried, List<NominalDraw> here) {
    Variable flow =
        program.variable(
            name + "[" + line + "]", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    Row row = program.row(name + " balance[" + line + "]", 0, 0).add(flow, 1);
    carried.forEach(variable -> row.add(variable, -1));
    here.forEach(draw -> row.add(draw.variable(), -draw.perUnit()));
    return flow;
  }

  // c (f + x)² = c f² + 2 c f x + c x²
  private void addCost(int line, double fixed, Variable flow) {
    double cost = costPerSquare[line];
    program.addConstant(cost * fixed * fixed);
    if (flow != null) {
      program.addLinearCost(flow, 2 * cost * fixed).addQuadraticCost(flow, 2 * cost);
    }
  }
}
