package ndoe.controller.network;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.validation.CornerSensitivities.Sensitivity;

/** The radial linear network told as if an engine had been asked for it, at a random state. */
public final class AsSampled {
  private final LinDistFlow network;

  private AsSampled(LinDistFlow network) {
    this.network = network;
  }

  /** The same network without its tree. */
  public static SampledNetwork of(LinDistFlow network, long seed) {
    return new AsSampled(network).sampled(new Random(seed));
  }

  private SampledNetwork sampled(Random random) {
    int buses = network.buses();
    double[] drawnMw = random.doubles(buses, 0.05, 0.3).toArray();
    double[] drawnMvar = random.doubles(buses, -0.1, 0.2).toArray();
    Response[] perMw = new Response[buses];
    Response[] perMvar = new Response[buses];
    for (int at = 0; at < buses; at++) {
      int place = at;
      perMw[at] =
          response(
              bus -> network.dropPerMw(bus, place),
              line -> -network.firstPerMw(line, 0, place),
              line -> -network.secondPerMw(line, 0, place),
              line -> 0);
      perMvar[at] =
          response(
              bus -> network.dropPerMvar(bus, place),
              line -> -network.firstPerMvar(line, 0, place),
              line -> -network.secondPerMvar(line, 0, place),
              line -> 0);
    }
    Response state =
        response(
            bus -> network.squaredVoltagePu(bus, drawnMw, drawnMvar),
            line -> network.firstMva(line, 0, drawnMw, drawnMvar),
            line -> network.secondMva(line, 0, drawnMw, drawnMvar),
            line ->
                network.lossesPerSquare(line)
                    * Math.pow(network.flowMva(line, drawnMw, drawnMvar), 2));
    int[] conductors = new int[network.lines()];
    Arrays.fill(conductors, 1);
    return new SampledNetwork(
        new Sensitivity(
            state,
            IntStream.range(0, buses).mapToObj(bus -> new int[] {bus}).toArray(int[][]::new),
            each(drawnMw, drawn -> -drawn),
            each(drawnMvar, drawn -> -drawn),
            perMw,
            perMvar),
        conductors);
  }

  private Response response(
      IntToDoubleFunction squaredVoltagePu,
      IntToDoubleFunction firstMva,
      IntToDoubleFunction secondMva,
      IntToDoubleFunction lossesMw) {
    return new Response(
        true,
        IntStream.range(0, network.buses()).mapToDouble(squaredVoltagePu).toArray(),
        IntStream.range(0, network.lines()).mapToDouble(firstMva).toArray(),
        IntStream.range(0, network.lines()).mapToDouble(secondMva).toArray(),
        IntStream.range(0, network.lines()).mapToDouble(lossesMw).toArray());
  }

  private static double[] each(double[] values, DoubleUnaryOperator change) {
    return Arrays.stream(values).map(change).toArray();
  }
}
