package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.message.Delivery;
import ndoe.controller.message.Post;
import ndoe.controller.message.Terms;
import ndoe.controller.message.Terms.TradeMethod;
import ndoe.controller.negotiation.Settings;

/**
 * One way to come to an agreement.
 *
 * @param name for people, without commas
 * @param lostFraction of all messages, the same every time
 */
public record AlgorithmVariant(
    String name, Terms terms, boolean amongNeighbours, double lostFraction) {
  private static final int MOST_ROUNDS = 200;
  private static final double LOST_FRACTION = 0.1;

  AlgorithmVariant(String name, Terms terms) {
    this(name, terms, false, 0);
  }

  /** The variants of the loops, then one change of every penalty and step at a time. */
  public static List<AlgorithmVariant> all(Terms usual) {
    Terms patient = usual.with(usual.tradeMethod(), usual.mostCycles(), MOST_ROUNDS);
    List<AlgorithmVariant> variants = new ArrayList<>(loops(patient));
    for (double factor : new double[] {0.4, 2}) {
      double penalty = factor * usual.tradePenalty();
      variants.add(
          new AlgorithmVariant("β = " + rounded(penalty), patient.withTradePenalty(penalty)));
    }
    for (double factor : new double[] {0.4, 2}) {
      double weight = factor * usual.envelopeWeight();
      variants.add(
          new AlgorithmVariant("w² = " + rounded(weight), patient.withEnvelopeWeight(weight)));
    }
    for (double step : new double[] {0.5, 0.99}) {
      variants.add(new AlgorithmVariant("ν = " + step, patient.withCorrectionStep(step)));
    }
    for (double relaxation : new double[] {1, 1.8}) {
      variants.add(
          new AlgorithmVariant("relaxation = " + relaxation, patient.withRelaxation(relaxation)));
    }
    return List.copyOf(variants);
  }

  private static List<AlgorithmVariant> loops(Terms terms) {
    int cycles = terms.mostCycles();
    return List.of(
        new AlgorithmVariant("TriAMC-ATC nested (usual)", terms),
        new AlgorithmVariant("TriAMC-ATC 10 cycles", with(terms, TradeMethod.TRIAMC, 10)),
        new AlgorithmVariant("TriAMC-ATC single sweep", with(terms, TradeMethod.TRIAMC, 1)),
        new AlgorithmVariant("direct three-block", with(terms, TradeMethod.DIRECT, cycles)),
        new AlgorithmVariant(
            "proximal Jacobian", with(terms, TradeMethod.PROXIMAL_JACOBIAN, cycles)),
        new AlgorithmVariant("edge form", with(terms, TradeMethod.EDGE, cycles)),
        new AlgorithmVariant("without platform", terms, true, 0),
        new AlgorithmVariant("10 % of messages lost", terms, false, LOST_FRACTION));
  }

  private static Terms with(Terms terms, TradeMethod method, int cycles) {
    return terms.with(method, cycles, terms.mostRounds());
  }

  private static String rounded(double value) {
    return Double.toString(Math.round(1000 * value) / 1000.0);
  }

  Settings settings() {
    return new Settings(terms, amongNeighbours, false, false, 0);
  }

  Post post(long seed) {
    return lostFraction == 0
        ? new Post()
        : new Post(Delivery.losing(lostFraction, seed), message -> {});
  }
}
