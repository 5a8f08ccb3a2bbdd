package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.SunSpecQuirks;
import ndoe.devices.sunspec.SunSpecScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "scan",
    description =
        "Tell what a SunSpec device on Modbus TCP is: its models, ratings, present values and"
            + " controls. Nothing is written to it.")
final class ScanCommand implements Callable<Integer> {
  private static final int MODBUS_PORT = 502;
  private static final int MOST_TIMEOUT_MILLIS = 60_000;
  private static final int HIGHEST_UNIT = 255;
  private static final Pattern TARGET =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]\\s]+))(?::(\\d{1,5}))?");

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "HOST[:PORT]",
      description = "Where the device is; port 502 if left out.")
  private String target;

  @Option(
      names = "--unit",
      split = ",",
      paramLabel = "ID",
      description =
          "Modbus unit ids to ask, 0 to 255, separated by commas; else that of --quirks, else 1.")
  private List<Integer> units;

  @Option(
      names = "--quirks",
      paramLabel = "FILE",
      description =
          "What the vendor does differently, JSON with base, unit, request_gap_ms,"
              + " registers_per_request, sign and percent_base; the last two do not change what is"
              + " shown.")
  private Path quirksFile;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "How long one answer may take, 1 to 60000 ms (${DEFAULT-VALUE}).")
  private int timeoutMillis;

  @Option(
      names = "--all",
      description = "Show every point of every model that the device implements.")
  private boolean all;

  @Override
  public Integer call() {
    SunSpecQuirks quirks = quirks();
    ModbusTimings timings = timings(quirks);
    List<ModbusAddress> addresses = addresses(quirks);
    PrintWriter out = command.commandLine().getOut();
    int answered = 0;
    for (ModbusAddress address : addresses) {
      try {
        new ScanText(SunSpecScan.of(address, timings, quirks), all).lines().forEach(out::println);
        out.flush();
        answered++;
      } catch (DeviceLinkException e) {
        if (addresses.size() == 1) {
          throw e;
        }
        out.println(e.getMessage());
        out.flush();
      }
    }
    return answered > 0 ? 0 : Ndoe.UNREACHABLE;
  }

  private SunSpecQuirks quirks() {
    try {
      return quirksFile == null ? SunSpecQuirks.NONE : SunSpecQuirks.read(quirksFile);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ModbusTimings timings(SunSpecQuirks quirks) {
    if (timeoutMillis < 1 || timeoutMillis > MOST_TIMEOUT_MILLIS) {
      throw wrong("--timeout must be 1 to 60000 ms, not " + timeoutMillis);
    }
    return new ModbusTimings(
        ModbusTimings.DEFAULT.connect(), Duration.ofMillis(timeoutMillis), quirks.gap());
  }

  private List<ModbusAddress> addresses(SunSpecQuirks quirks) {
    Matcher parts = TARGET.matcher(target);
    if (!parts.matches()) {
      throw wrong("HOST[:PORT] is a name or address, with [ ] around IPv6, not " + target);
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    int port = parts.group(3) == null ? MODBUS_PORT : Integer.parseInt(parts.group(3));
    if (port < 1 || port > 65_535) {
      throw wrong("PORT must be 1 to 65535, not " + port);
    }
    List<ModbusAddress> addresses = new ArrayList<>();
    for (int unit : units == null ? List.of(quirks.unitId().orElse(1)) : units) {
      if (unit < 0 || unit > HIGHEST_UNIT) {
        throw wrong("--unit must be 0 to 255, not " + unit);
      }
      addresses.add(new ModbusAddress(host, port, unit));
    }
    return addresses;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
