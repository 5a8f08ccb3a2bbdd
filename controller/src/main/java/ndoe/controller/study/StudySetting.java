package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import ndoe.feeders.Uncertainty;

/**
 * One way to hedge and what it learns from.
 *
 * @param historyDays M, nearest days it learns from
 * @param samples K, what they are reduced to
 * @param sumConfidence α₁, of the radius of ‖p − p⁰‖₁, fraction; without effect where there is none
 * @param maximumConfidence α∞, of the radius of ‖p − p⁰‖∞, fraction; the same
 */
public record StudySetting(
    Hedging hedging, int historyDays, int samples, double sumConfidence, double maximumConfidence) {
  private static final int FEW_DAYS = 15;
  private static final int FEW_SAMPLES = 5;

  /** Confidences with α₁ < α∞; otherwise the sum’s published radius never binds. */
  private static final double[][] UNEQUAL_CONFIDENCES = {{0.5, 0.95}, {0.5, 0.99}, {0.9, 0.99}};

  /** Every way to hedge as a scenario asks for it; a joint confidence is split evenly. */
  public static List<StudySetting> comparison(Uncertainty uncertainty, int mostHistoryDays) {
    int days = Math.min(uncertainty.historyDays(), mostHistoryDays);
    return comparison(uncertainty, days, uncertainty.scenarios());
  }

  private static List<StudySetting> comparison(Uncertainty uncertainty, int days, int samples) {
    List<StudySetting> settings = new ArrayList<>();
    for (Hedging hedging : Hedging.values()) {
      double missed = 1 - uncertainty.confidence();
      double each = hedging == Hedging.VALID ? 1 - missed / 2 : uncertainty.confidence();
      settings.add(new StudySetting(hedging, days, Math.min(samples, days), each, each));
    }
    return settings;
  }

  /** The comparison, then the same with one thing changed at a time. */
  public static List<StudySetting> sweeps(Uncertainty uncertainty, int mostHistoryDays) {
    List<StudySetting> settings = new ArrayList<>(comparison(uncertainty, mostHistoryDays));
    int days = settings.get(0).historyDays;
    int samples = settings.get(0).samples;
    for (int other : new int[] {FEW_DAYS, mostHistoryDays}) {
      settings.addAll(comparison(uncertainty, Math.min(other, mostHistoryDays), samples));
    }
    settings.addAll(comparison(uncertainty, days, FEW_SAMPLES));
    for (double[] confidences : UNEQUAL_CONFIDENCES) {
      for (Hedging hedging : List.of(Hedging.PUBLISHED, Hedging.VALID)) {
        settings.add(new StudySetting(hedging, days, samples, confidences[0], confidences[1]));
      }
    }
    return settings.stream().distinct().toList();
  }
}
