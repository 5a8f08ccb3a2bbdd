/** Devices behind an MQTT broker: link, broker, topics and payloads. */
package ndoe.devices.mqtt;
