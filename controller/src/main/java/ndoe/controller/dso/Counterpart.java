package ndoe.controller.dso;

import java.util.Optional;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;

/**
 * The operator’s side of what it and one prosumer both compute: target z and multiplier v (method,
 * section 7). An offer that did not arrive moved nothing at the prosumer, which the operator learns
 * from the next request, so it keeps the state before its latest offer until then.
 *
 * <p>Inside: MW, thousands of the currency; import limits, export limits and plan one after
 * another.
 */
final class Counterpart {
  /** Rounds without a request after which the prosumer’s last offer is held (method, 10). */
  private static final int MOST_MISSED = 3;

  private record State(int round, double[] answer, double[] target, double[] multiplier) {}

  private State sure;
  private State latest;
  private double[] answer;
  private double[] asked;
  private int heardRound;
  private int missed;
  private boolean left;

  /** Nothing but the offer that opens the negotiation. */
  Counterpart(double[] opening) {
    sure = new State(0, opening, opening.clone(), new double[opening.length]);
    latest = sure;
    answer = opening;
    asked = opening.clone();
  }

  /** The same prosumer on a later horizon, at the prices and positions both stood at. */
  Counterpart resumed(HorizonShift shift) {
    Counterpart resumed = new Counterpart(shift.moved(latest.answer));
    resumed.sure =
        new State(0, resumed.answer, shift.moved(latest.target), shift.moved(latest.multiplier));
    resumed.latest = resumed.sure;
    resumed.asked = resumed.sure.target.clone();
    return resumed;
  }

  /** Takes a round’s request, or notes that none came. */
  void hear(int round, Optional<Request> request, double[] askedMw) {
    if (request.isEmpty()) {
      missed++;
      return;
    }
    missed = 0;
    heardRound = round;
    asked = askedMw;
    if (request.get().round() == latest.round) {
      sure = latest;
    } else {
      latest = sure;
    }
  }

  /** Whether so many requests are missing that nobody waits for this prosumer any longer. */
  boolean held() {
    return missed >= MOST_MISSED;
  }

  /** Waits for this prosumer no longer. */
  void leaveAt(double[] position) {
    left = true;
    missed = MOST_MISSED;
    sure = new State(sure.round, position, sure.target, sure.multiplier);
  }

  boolean left() {
    return left;
  }

  /** The last offer that is known to have arrived. */
  double heldAt(int i) {
    return sure.answer[i];
  }

  /** ê = α e + (1 − α) z. */
  double relaxed(int i, double relaxation) {
    return relaxation * asked[i] + (1 - relaxation) * latest.target[i];
  }

  /** Makes the next offer; the state moves with it only if it answers a new request. */
  void offer(double[] next, Terms terms) {
    answer = next;
    if (missed > 0) {
      return;
    }
    double relaxation = terms.singleSweep() ? 1 : terms.relaxation();
    double step = terms.singleSweep() ? terms.correctionStep() : 1;
    double[] target = new double[next.length];
    double[] multiplier = new double[next.length];
    for (int i = 0; i < next.length; i++) {
      target[i] = latest.target[i] + step * (next[i] - latest.target[i]);
      multiplier[i] =
          latest.multiplier[i] + 2 * terms.envelopeWeight() * (next[i] - relaxed(i, relaxation));
    }
    latest = new State(heardRound, next, target, multiplier);
  }

  /** Round of the last request that arrived, 0 before the first. */
  int heardRound() {
    return heardRound;
  }

  double multiplier(int i) {
    return latest.multiplier[i];
  }

  double target(int i) {
    return latest.target[i];
  }

  double[] answer() {
    return answer;
  }

  double asked(int i) {
    return asked[i];
  }
}
