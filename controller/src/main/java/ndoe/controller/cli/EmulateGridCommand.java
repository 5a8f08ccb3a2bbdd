package ndoe.controller.cli;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import ndoe.devices.gridsimulator.HardwareModel;
import ndoe.devices.gridsimulator.ScpiEmulator;
import ndoe.devices.gridsimulator.ScpiProfile;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "emulate-grid",
    description =
        "Run an emulated three-phase grid simulator with an inverter at its output, on a loopback"
            + " socket, to rehearse without hardware. Ends with Ctrl-C.")
final class EmulateGridCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "PROFILE",
      description = "Whose commands it understands: a built-in profile or a profile file.")
  private String profileName;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port on loopback; one the system chooses if absent.")
  private int port;

  @Option(
      names = "--nominal-v",
      paramLabel = "V",
      defaultValue = "230",
      description = "Phase to neutral (${DEFAULT-VALUE}).")
  private double nominalVolts;

  @Option(
      names = "--power",
      paramLabel = "KW",
      defaultValue = "3",
      description = "Active power the inverter injects, negative to draw (${DEFAULT-VALUE}).")
  private double activeKw;

  @Option(
      names = "--volt-var",
      paramLabel = "KVAR",
      defaultValue = "0",
      description =
          "Most reactive power of its volt-var curve: none within 2 %%, all of it from 8 %% on"
              + " (${DEFAULT-VALUE}).")
  private double mostKvar;

  @Option(
      names = "--response",
      paramLabel = "S",
      defaultValue = "1",
      description = "Time constant of the inverter, s (${DEFAULT-VALUE}).")
  private double responseSeconds;

  @Override
  public Integer call() throws InterruptedException {
    require(port >= 0 && port <= 65_535, "--port must be 0 to 65535, not " + port);
    require(nominalVolts >= 1 && nominalVolts <= 1000, "--nominal-v must be 1 to 1000 V");
    require(Math.abs(activeKw) <= 1e4, "--power must be within ±10000 kW");
    require(mostKvar >= 0 && mostKvar <= 1e4, "--volt-var must be 0 to 10000 kvar");
    require(responseSeconds >= 0 && responseSeconds <= 600, "--response must be 0 to 600 s");
    HardwareModel inverter = HardwareModel.voltVar(activeKw, mostKvar, 0.02, mostKvar / 0.06);
    CountDownLatch stop = new CountDownLatch(1);
    try (ScpiEmulator emulator =
        ScpiEmulator.start(
            profile(),
            nominalVolts,
            inverter,
            Duration.ofMillis(Math.round(1000 * responseSeconds)),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      PrintWriter out = command.commandLine().getOut();
      out.println(emulator.address());
      out.flush();
      Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
      stop.await();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
    return 0;
  }

  private ScpiProfile profile() {
    return ScpiProfileFile.find(profileName);
  }

  private void require(boolean allowed, String message) {
    if (!allowed) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
