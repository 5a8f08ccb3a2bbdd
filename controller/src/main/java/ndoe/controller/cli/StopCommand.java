package ndoe.controller.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.BrokerNodes;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.SiteTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "stop",
    description =
        "Engage a site's emergency stop: gateways and controller bring every device to 0 and keep"
            + " it there until somebody resets it. It adds to a hard-wired stop and never replaces"
            + " one.")
final class StopCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  @Spec private CommandSpec command;
  @Mixin private BrokerOptions broker;

  @Option(
      names = "--site",
      paramLabel = "NAME",
      defaultValue = "lab1",
      description = "Level of the topics, as in the fleet file. Default: ${DEFAULT-VALUE}.")
  private String site;

  @Option(names = "--reset", description = "Reset it instead; devices then wait at their defaults.")
  private boolean reset;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "by hand",
      description = "Why, for the record. Default: ${DEFAULT-VALUE}.")
  private String reason;

  @Option(names = "--by", paramLabel = "NAME", description = "Who, for the record.")
  private String by = System.getProperty("user.name", "somebody");

  @Override
  public Integer call() {
    SiteTopics topics = topics();
    BrokerNodes nodes = broker.nodes();
    EmergencyStop stop = new EmergencyStop(!reset, by, reason, Instant.now());
    try (MqttLink link = PahoLink.connect(nodes, LinkSettings.of("stop-" + System.nanoTime()))) {
      link.publish(new MqttMessage(topics.emergencyStop(), stop.toJson(), 1, true))
          .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new DeviceLinkException(
          "broker " + nodes.uri() + " did not take the emergency stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted before the broker took the emergency stop", e);
    }
    command
        .commandLine()
        .getOut()
        .println("emergency stop of %s %s".formatted(site, reset ? "reset" : "engaged"));
    return 0;
  }

  private SiteTopics topics() {
    try {
      return new SiteTopics(site);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--" + e.getMessage());
    }
  }
}
