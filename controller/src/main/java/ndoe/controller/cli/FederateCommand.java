package ndoe.controller.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.cosim.helics.BrokerAddress;
import ndoe.cosim.helics.CoreType;
import ndoe.cosim.helics.FederateSettings;
import ndoe.cosim.helics.FederationException;
import ndoe.cosim.helics.HelicsBroker;
import ndoe.cosim.helics.TwinDay;
import ndoe.cosim.helics.TwinFederate;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Scenario;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "federate",
    description =
        "Take part in a HELICS co-simulation as the feeder: take what the prosumers of other"
            + " federates draw, publish the voltages. Names and times: controller/docs/cosimulation.md.")
final class FederateCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(FederateCommand.class);
  private static final Duration BROKER_CHECK = Duration.ofMillis(500);

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenarioFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "ndoe-twin",
      description = "Its name in the federation. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--core",
      paramLabel = "CORE",
      defaultValue = "zmq",
      description =
          "How the federates talk: ${COMPLETION-CANDIDATES}; the same for all. Default:"
              + " ${DEFAULT-VALUE}.")
  private CoreType core;

  @Option(
      names = "--broker",
      paramLabel = "ADDRESS",
      description =
          "HOST, HOST:PORT or tcp://HOST:PORT of the broker; this machine at the core's usual port if"
              + " absent. With --start-broker where to listen, port 0 for one the system chooses.")
  private String broker;

  @Option(
      names = "--start-broker",
      description = "Start the federation's broker in this process; needs --federates.")
  private boolean startBroker;

  @Option(
      names = "--federates",
      paramLabel = "N",
      description = "With --start-broker: how many federates there are, this one included.")
  private Integer federates;

  @Option(
      names = "--step",
      paramLabel = "S",
      description = "Simulated seconds between solutions; the scenario's interval if absent.")
  private Double step;

  @Option(
      names = "--wait",
      paramLabel = "S",
      defaultValue = "15",
      description = "How long to wait for a broker to listen, s. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(
      names = "--envelopes",
      paramLabel = "FILE",
      description =
          "Envelopes and planned draw where no federate publishes them, envelopes.csv of a run; with"
              + " the schedules of the operator's assets if dso-assets.csv is beside it. If absent the"
              + " capacity of the connection, load less available generation, and idle assets.")
  private Path envelopes;

  @Override
  public Integer call() {
    require(
        startBroker == (federates != null),
        "--start-broker and --federates go together: the broker must know how many to wait for");
    require(federates == null || federates > 0, "--federates must be at least 1, not " + federates);
    require(!name.isBlank(), "--name must not be blank");
    BrokerAddress address = address();
    require(address.port() > 0 || startBroker, "port 0 of --broker needs --start-broker");
    require(
        waitSeconds >= 0 && waitSeconds <= 86_400,
        "--wait must be 0 to 86400 s, not " + waitSeconds);
    TwinDay day = day();
    double seconds = step == null ? day.intervalSeconds() : step;
    require(
        seconds >= 1 && seconds <= day.seconds(),
        "--step must be 1 to %.0f s, not %s".formatted(day.seconds(), step));
    try {
      if (!startBroker) {
        return federate(day, address, seconds);
      }
      try (HelicsBroker started = HelicsBroker.start(core, address, federates)) {
        Printout.of(command).say("broker: " + started.address());
        int code = federate(day, started.address(), seconds);
        while (!started.awaitEnd(BROKER_CHECK)) {
          // Others may still be leaving.
        }
        return code;
      }
    } catch (FederationException e) {
      command.commandLine().getErr().println("ndoe: " + e.getMessage());
      return switch (e.reason()) {
        case NAME_TAKEN, NO_LIBRARY -> Ndoe.BAD_INPUT;
        case NO_BROKER, BROKEN -> Ndoe.UNREACHABLE;
      };
    }
  }

  private int federate(TwinDay day, BrokerAddress address, double seconds) {
    FederateSettings settings =
        new FederateSettings(
            name,
            core,
            address,
            Duration.ofSeconds(waitSeconds),
            seconds,
            TwinFederate.OFFSET_SECONDS);
    CountDownLatch left = new CountDownLatch(1);
    Thread stop = new Thread(() -> stop(left), "stop");
    FederateText text = new FederateText(command.commandLine().getOut(), day.scenario());
    try (TwinFederate twin = TwinFederate.join(day, settings)) {
      Runtime.getRuntime().addShutdownHook(stop);
      Printout.of(command).say("joined: %s at %s, waiting for the others".formatted(name, address));
      boolean whole = twin.run(text::step);
      text.end(whole);
      return !whole ? Ndoe.UNREACHABLE : text.limitsBroken() ? Ndoe.NOT_SECURE : 0;
    } finally {
      left.countDown();
      forget(stop);
    }
  }

  /** The library must not be in use when the process ends, or it may fail while it is unloaded. */
  private static void stop(CountDownLatch left) {
    TwinFederate.abort("stopped by a person");
    try {
      if (!left.await(5, TimeUnit.SECONDS)) {
        LOG.warn("the federation did not let go within 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  private BrokerAddress address() {
    try {
      return broker == null ? BrokerAddress.usual(core) : BrokerAddress.parse(broker, core);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--broker: " + e.getMessage());
    }
  }

  private TwinDay day() {
    Scenario scenario = scenarioFile.read();
    List<AssetSchedule> assets =
        AssetSchedule.idle(scenario.operator(), scenario.horizon().intervals());
    if (envelopes == null) {
      return new TwinDay(scenario, Optional.empty(), assets);
    }
    Path beside = envelopes.resolveSibling("dso-assets.csv");
    return new TwinDay(
        scenario,
        Optional.of(EnvelopePlanFile.read(envelopes, scenario)),
        Files.exists(beside) ? AssetScheduleFile.read(beside, scenario) : assets);
  }

  private void require(boolean allowed, String message) {
    if (!allowed) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
