package ndoe.devices.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/** How Paho connects: MQTT 3.1.1, clean sessions, no reconnection of its own. */
final class PahoOptions {
  private static final int MAX_IN_FLIGHT = 1000;

  private PahoOptions() {}

  static MqttConnectOptions of(BrokerAddress broker, LinkSettings settings, SocketFactory sockets) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setMaxInflight(MAX_IN_FLIGHT);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.answer().toSeconds()));
    options.setSocketFactory(sockets);
    broker
        .login()
        .ifPresent(
            login -> {
              options.setUserName(login.username());
              options.setPassword(login.password().toCharArray());
            });
    settings
        .lastWill()
        .ifPresent(
            will ->
                options.setWill(
                    will.topic(), will.payload().getBytes(UTF_8), will.qos(), will.retained()));
    return options;
  }
}
