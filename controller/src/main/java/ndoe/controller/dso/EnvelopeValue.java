package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;
import ndoe.feeders.OperatorData;

/**
 * What the limits offered to all connection points in one direction and interval are worth (method,
 * 3.2), in thousands of the currency per hour.
 */
final class EnvelopeValue {
  /** Segments of the piecewise linear logarithm (method, 3.2). */
  private static final int SEGMENTS = 8;

  /** Where the logarithm starts, as a share of a connection’s capacity. */
  private static final double LOG_START = 0.05;

  /** What the sum still counts beside the smallest share, so that nothing safe is withheld. */
  private static final double SUM_BESIDE_SMALLEST = 0.01;

  private final OperatorData data;
  private final double[] capacityMw;

  /**
   * For one direction.
   *
   * @param capacityMw of every connection point
   */
  EnvelopeValue(OperatorData data, double[] capacityMw) {
    this.data = data;
    this.capacityMw = capacityMw;
  }

  private double slope() {
    return data.envelopeValueSlope();
  }

  private double curvature() {
    return switch (data.fairness()) {
      case QUADRATIC, EQUAL -> data.envelopeValueCurvature();
      case SUM, PROPORTIONAL, MAXMIN -> 0;
    };
  }

  /** Value of these limits. */
  double of(double[] limitMw) {
    double value = 0;
    double smallest = 1;
    double capacity = 0;
    for (int n = 0; n < limitMw.length; n++) {
      double limit = limitMw[n];
      value +=
          data.fairness() == OperatorData.Fairness.PROPORTIONAL
              ? piecewiseLogarithm(limit, capacityMw[n])
              : slope() * limit - 0.5 * curvature() * limit * limit;
      if (capacityMw[n] > 0) {
        smallest = Math.min(smallest, limit / capacityMw[n]);
        capacity += capacityMw[n];
      }
    }
    return data.fairness() == OperatorData.Fairness.MAXMIN
        ? slope() * capacity * smallest + SUM_BESIDE_SMALLEST * value
        : value;
  }

  private double piecewiseLogarithm(double limit, double capacity) {
    double value = 0;
    for (int s = 0; s < SEGMENTS && capacity > 0; s++) {
      double width = capacity / SEGMENTS;
      value += segmentSlope(s) * Math.max(0, Math.min(width, limit - s * width));
    }
    return value;
  }

  // Of ω C ln((ē + ε)/ε) with ε = C/20, so that the last MW is worth about ω.
  private double segmentSlope(int segment) {
    double from = (double) segment / SEGMENTS + LOG_START;
    double to = (segment + 1.0) / SEGMENTS + LOG_START;
    return slope() * SEGMENTS * Math.log(to / from);
  }

  /** A row of the value in which the limit of the nth connection point has this coefficient. */
  record ValueRow(int n, Row row, double coefficient) {}

  /**
   * Adds the value of these limits over some hours as a gain.
   *
   * @return the rows that carry a part of their marginal value
   */
  List<ValueRow> addTo(
      ConvexProgram.Builder program, String name, List<Variable> limits, double hours) {
    return switch (data.fairness()) {
      case SUM, QUADRATIC -> {
        addSum(program, limits, hours);
        yield List.of();
      }
      case PROPORTIONAL -> addLogarithms(program, name, limits, hours);
      case MAXMIN -> addSmallest(program, name, limits, hours);
      case EQUAL -> {
        addSum(program, limits, hours);
        yield addEqualShares(program, name, limits);
      }
    };
  }

  /** Cost per MW and hour that a limit itself has in the program, next to other terms of it. */
  double linearCost() {
    return switch (data.fairness()) {
      case SUM, QUADRATIC, EQUAL -> -slope();
      case PROPORTIONAL -> 0;
      case MAXMIN -> -SUM_BESIDE_SMALLEST * slope();
    };
  }

  private void addSum(ConvexProgram.Builder program, List<Variable> limits, double hours) {
    for (Variable limit : limits) {
      program.addLinearCost(limit, hours * linearCost());
      program.addQuadraticCost(limit, hours * curvature());
    }
  }

  private List<ValueRow> addLogarithms(
      ConvexProgram.Builder program, String name, List<Variable> limits, double hours) {
    List<ValueRow> rows = new ArrayList<>();
    for (int n = 0; n < limits.size(); n++) {
      Row sum = program.row("segments " + name + n, 0, 0).add(limits.get(n), -1);
      for (int s = 0; s < SEGMENTS; s++) {
        Variable part = program.variable("segment " + name + n + s, 0, capacityMw[n] / SEGMENTS);
        program.addLinearCost(part, -hours * segmentSlope(s));
        sum.add(part, 1);
      }
      rows.add(new ValueRow(n, sum, -1));
    }
    return rows;
  }

  private List<ValueRow> addSmallest(
      ConvexProgram.Builder program, String name, List<Variable> limits, double hours) {
    List<ValueRow> rows = new ArrayList<>();
    Variable smallest = program.variable("smallest " + name, 0, 1);
    double capacity = 0;
    for (int n = 0; n < limits.size(); n++) {
      program.addLinearCost(limits.get(n), hours * linearCost());
      if (capacityMw[n] > 0) {
        Row row = program.row("smallest " + name + n, 0, Double.POSITIVE_INFINITY);
        row.add(limits.get(n), 1 / capacityMw[n]).add(smallest, -1);
        rows.add(new ValueRow(n, row, 1 / capacityMw[n]));
        capacity += capacityMw[n];
      }
    }
    program.addLinearCost(smallest, -hours * slope() * capacity);
    return rows;
  }

  private List<ValueRow> addEqualShares(
      ConvexProgram.Builder program, String name, List<Variable> limits) {
    List<ValueRow> rows = new ArrayList<>();
    Variable share = program.variable("share " + name, 0, 1);
    for (int n = 0; n < limits.size(); n++) {
      Row row = program.row("share " + name + n, 0, 0);
      row.add(limits.get(n), 1).add(share, -capacityMw[n]);
      rows.add(new ValueRow(n, row, 1));
    }
    return rows;
  }

  /** Marginal cost of a limit in its own terms, thousands per MW and hour. */
  double marginalCost(double limitMw) {
    return linearCost() + curvature() * limitMw;
  }
}
