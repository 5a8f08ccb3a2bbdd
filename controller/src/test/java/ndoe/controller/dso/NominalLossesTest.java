package ndoe.controller.dso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ndoe.controller.ReferenceDay;
import ndoe.controller.network.AsSampled;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.network.SampledNetwork;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Losses without a tree cost what they cost along one. */
class NominalLossesTest {
  private static final OperatorKnowledge OPERATOR = ReferenceDay.operator();
  private static final LinDistFlow NETWORK = new LinDistFlow(OPERATOR.feeder());
  private static final SampledNetwork SAMPLED = AsSampled.of(NETWORK, 3);

  /** A program of decisions that draw power, all held at given values. */
  private static final class Held {
    private final ConvexProgram.Builder program = new ConvexProgram.Builder();
    private final List<NominalDraw> active = new ArrayList<>();
    private final List<NominalDraw> reactive = new ArrayList<>();

    void draw(int bus, double value, double tanPhi) {
      Variable variable = program.variable("x" + active.size(), value, value);
      active.add(new NominalDraw(new int[] {bus}, variable, 1));
      if (tanPhi != 0) {
        reactive.add(new NominalDraw(new int[] {bus}, variable, tanPhi));
      }
    }

    void inject(int bus, double value) {
      Variable variable = program.variable("y" + bus, value, value);
      reactive.add(new NominalDraw(new int[] {bus}, variable, -1));
    }

    double cost() {
      Solution solution = new InteriorPointSolver().prepare(program.build()).solve();
      assertTrue(solution.usable(), solution::toString);
      return solution.objective();
    }
  }

  private static Held decisions(Random random) {
    Held held = new Held();
    for (int bus : new int[] {17, 21, 32, 32, 5}) {
      held.draw(bus, random.nextDouble(-0.5, 0.5), bus == 21 ? 0.4 : 0);
    }
    held.inject(24, random.nextDouble(-0.3, 0.3));
    return held;
  }

  @RepeatedTest(5)
  void costTheSameAsAlongTheTree(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    double[] fixedMw = random.doubles(NETWORK.buses(), 0, 0.2).toArray();
    double[] fixedMvar = random.doubles(NETWORK.buses(), -0.05, 0.1).toArray();
    double[] costPerSquare = random.doubles(NETWORK.lines(), 0.1, 2).toArray();

    Held alongTheTree = decisions(new Random(seed));
    NominalFlows flows = new NominalFlows(NETWORK, alongTheTree.program, costPerSquare);
    flows.add("P", fixedMw, alongTheTree.active);
    flows.add("Q", fixedMvar, alongTheTree.reactive);
    double expected = alongTheTree.cost();

    Held asAForm = decisions(new Random(seed));
    new NominalLosses(NETWORK, costPerSquare)
        .addTo(asAForm.program, "losses", fixedMw, fixedMvar, asAForm.active, asAForm.reactive);
    assertEquals(expected, asAForm.cost(), 1e-6 * expected);

    Held sampled = decisions(new Random(seed));
    new NominalLosses(SAMPLED, costPerSquare)
        .addTo(sampled.program, "losses", fixedMw, fixedMvar, sampled.active, sampled.reactive);
    assertEquals(expected, sampled.cost(), 1e-6 * expected);
  }

  @Test
  void areSharedByTheBusesOfADraw() {
    double[] costPerSquare = new double[NETWORK.lines()];
    Arrays.fill(costPerSquare, 1);
    double[] nothing = new double[NETWORK.buses()];
    Held shared = new Held();
    Variable variable = shared.program.variable("x", 0.6, 0.6);
    shared.active.add(new NominalDraw(new int[] {17, 32}, variable, 1));
    new NominalLosses(NETWORK, costPerSquare)
        .addTo(shared.program, "losses", nothing, nothing, shared.active, shared.reactive);

    double[] drawn = new double[NETWORK.buses()];
    drawn[17] = 0.3;
    drawn[32] = 0.3;
    double squares = 0;
    for (int line = 0; line < NETWORK.lines(); line++) {
      squares += Math.pow(NETWORK.flow(line, drawn), 2);
    }
    assertEquals(squares, shared.cost(), 1e-6 * squares);
  }

  @Test
  void leaveTheOperatorsProblemAsItIs() {
    int intervals = OPERATOR.horizon().intervals();
    OperatorDecision radial =
        OperatorProblem.solve(
            OPERATOR, new AcMargins(intervals, NETWORK), new InteriorPointSolver());
    OperatorDecision sampled =
        OperatorProblem.solve(
            OPERATOR, new AcMargins(intervals, SAMPLED), new InteriorPointSolver());

    assertEquals(radial.objective(), sampled.objective(), 1e-6 * Math.abs(radial.objective()));
    for (int point = 0; point < radial.envelopes().points().size(); point++) {
      for (int t = 0; t < intervals; t++) {
        assertEquals(
            radial.envelopes().points().get(point).envelopes().get(t).exportLimitKw(),
            sampled.envelopes().points().get(point).envelopes().get(t).exportLimitKw(),
            5);
      }
    }
  }
}
