package ndoe.controller.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import ndoe.controller.ReferenceDay;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.validation.CornerSensitivities.Sensitivity;
import org.junit.jupiter.api.Test;

/** What is sampled from an affine network is that network. */
class SampledNetworkTest {
  private static final LinDistFlow NETWORK = new LinDistFlow(ReferenceDay.scenario().feeder());
  private static final SampledNetwork SAMPLED = AsSampled.of(NETWORK, 1);

  @Test
  void isTheNetworkItWasSampledFrom() {
    Random random = new Random(2);
    double[] mw = random.doubles(NETWORK.buses(), -1, 1).toArray();
    double[] mvar = random.doubles(NETWORK.buses(), -1, 1).toArray();
    for (int bus = 0; bus < NETWORK.buses(); bus++) {
      assertEquals(
          NETWORK.squaredVoltagePu(bus, mw, mvar), SAMPLED.squaredVoltagePu(bus, mw, mvar), 1e-12);
      assertEquals(NETWORK.dropPerMw(bus, 7), SAMPLED.dropPerMw(bus, 7));
      assertEquals(NETWORK.dropPerMvar(bus, 7), SAMPLED.dropPerMvar(bus, 7));
    }
    for (int line = 0; line < NETWORK.lines(); line++) {
      assertEquals(1, SAMPLED.conductors(line));
      assertEquals(NETWORK.firstMva(line, 0, mw, mvar), SAMPLED.firstMva(line, 0, mw, mvar), 1e-12);
      assertEquals(
          NETWORK.secondMva(line, 0, mw, mvar), SAMPLED.secondMva(line, 0, mw, mvar), 1e-12);
      assertEquals(NETWORK.flowMva(line, mw, mvar), SAMPLED.flowMva(line, mw, mvar), 1e-12);
      assertEquals(NETWORK.firstPerMw(line, 0, 20), SAMPLED.firstPerMw(line, 0, 20));
      assertEquals(NETWORK.secondPerMvar(line, 0, 20), SAMPLED.secondPerMvar(line, 0, 20));
      assertEquals(0, SAMPLED.firstPerMvar(line, 0, 20), 0);
      assertEquals(0, SAMPLED.secondPerMw(line, 0, 20), 0);
      assertEquals(NETWORK.lossesPerSquare(line), SAMPLED.lossesPerSquare(line), 1e-12);
    }
    assertEquals(NETWORK.lossesMw(mw, mvar), SAMPLED.lossesMw(mw, mvar), 1e-12);
    assertTrue(NETWORK.lossesMw(mw, mvar) > 1e-3);
  }

  @Test
  void knowsNoSlopeWhereNobodyIsConnected() {
    var nobody =
        new Sensitivity(
            new Response(true, new double[2], new double[1], new double[1], new double[1]),
            new int[0][],
            new double[0],
            new double[0],
            new Response[0],
            new Response[0]);
    SampledNetwork network = new SampledNetwork(nobody, new int[] {1});
    assertEquals(0, network.lossesPerSquare(0));
    assertThrows(IllegalArgumentException.class, () -> network.dropPerMw(0, 1));
  }
}
