package ndoe.cosim.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import ndoe.cosim.opendss.NetworkModel;
import org.junit.jupiter.api.Test;

final class LoadSequenceTest {
  private static final int LOADS = 33;

  private final LoadSequence whole = new LoadSequence(LOADS, NetworkModel.THREE_PHASE);

  @Test
  void startsLikeTheSequenceInC() {
    // 33 * 6364136223846793005 + 1442695040888963407 modulo 2^64, its upper 53 bits as a fraction.
    assertEquals(230 * (8545005617028064796L >>> 11) * 0x1p-53, whole.loadKw(0)[1]);
  }

  @Test
  void leavesTheSourceAloneAndLoadsEveryOtherBus() {
    for (int state = 0; state < LoadSequence.STATES; state++) {
      assertEquals(0, whole.loadKw(state)[0]);
      assertEquals(0, whole.loadKvar(state)[0]);
      for (int load = 1; load < LOADS; load++) {
        double kw = whole.loadKw(state)[load];
        double tanPhi = whole.loadKvar(state)[load] / kw;
        assertTrue(kw > 0 && kw < 230, "kW " + kw);
        assertTrue(tanPhi >= 0.25 && tanPhi < 0.75, "tan phi " + tanPhi);
      }
    }
  }

  @Test
  void drawsAboutWhatTheFeederDoesOnAverage() {
    double sum = 0;
    for (int state = 0; state < LoadSequence.STATES; state++) {
      sum += Arrays.stream(whole.loadKw(state)).sum();
    }

    assertEquals(3715, sum / LoadSequence.STATES, 50);
  }

  @Test
  void dividesLoadsWhereOnePhaseStandsForAll() {
    LoadSequence third = new LoadSequence(LOADS, NetworkModel.POSITIVE_SEQUENCE);

    double[] expected = Arrays.stream(whole.loadKw(7)).map(kw -> kw / 3).toArray();
    assertArrayEquals(expected, third.loadKw(7), 1e-12);
  }
}
