package ndoe.devices.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import ndoe.devices.DeviceLinkException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/**
 * An MQTT broker inside this process, reachable from this machine only: loopback, no accounts,
 * nothing kept on disk.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ACCEPTOR = "mqtt";

  private final ActiveMQServer server;
  private final int port;

  private EmbeddedBroker(ActiveMQServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on a port chosen by the system. */
  public static EmbeddedBroker start() {
    return start(0);
  }

  /**
   * Starts a broker.
   *
   * @param port 0 for one chosen by the system
   * @throws DeviceLinkException if the port is taken or the broker does not start
   */
  public static EmbeddedBroker start(int port) {
    keepNettyOffUnsafe();
    ActiveMQServer server = new ActiveMQServerImpl(configuration(port));
    AtomicReference<Exception> failure = new AtomicReference<>();
    server.registerActivationFailureListener(failure::set);
    try {
      server.start();
      if (failure.get() != null) {
        throw failure.get();
      }
      NettyAcceptor acceptor = (NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR);
      return new EmbeddedBroker(server, acceptor.getActualPort());
    } catch (Exception e) {
      stop(server);
      throw new DeviceLinkException(
          "embedded broker does not start on " + LOOPBACK + ":" + port + ": " + e.getMessage(), e);
    }
  }

  public BrokerAddress address() {
    return BrokerAddress.plain(LOOPBACK, port);
  }

  /** Ends the broker and its threads; connected clients lose their link. */
  @Override
  public void close() {
    stop(server);
  }

  private static Configuration configuration(int port) {
    Map<String, Object> transport = new HashMap<>();
    transport.put(TransportConstants.HOST_PROP_NAME, LOOPBACK);
    transport.put(TransportConstants.PORT_PROP_NAME, port);
    transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    transport.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
    transport.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
    transport.put(TransportConstants.REMOTING_THREADS_PROPNAME, 2);
    Configuration configuration = new ConfigurationImpl();
    configuration
        .setName("embedded")
        .setPersistenceEnabled(false)
        .setJournalType(JournalType.NIO)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setGracefulShutdownEnabled(false)
        .addAcceptorConfiguration(
            new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR));
    return configuration;
  }

  /** JDK 24 and later warn about the memory methods of sun.misc.Unsafe that Netty prefers. */
  private static void keepNettyOffUnsafe() {
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "true");
    }
  }

  private static void stop(ActiveMQServer server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new DeviceLinkException("embedded broker does not stop: " + e.getMessage(), e);
    }
  }
}
