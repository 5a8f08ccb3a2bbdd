package ndoe.devices.mqtt;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Why a broker cannot be used, in words that name what to change. */
final class LinkFailure {
  private static final int NO_SENSE_IN_CONNACK = 32109;

  private LinkFailure() {}

  /** One line, without the broker’s address. */
  static String describe(BrokerAddress broker, Throwable error) {
    if (error instanceof MqttException refused) {
      switch (refused.getReasonCode()) {
        case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
            MqttException.REASON_CODE_NOT_AUTHORIZED -> {
          return notAuthorized(broker);
        }
        case MqttException.REASON_CODE_CLIENT_TIMEOUT -> {
          return "no answer in time";
        }
        default -> {}
      }
    }
    Throwable root = root(error);
    if (broker.tls() && find(error, SSLException.class).isPresent()) {
      return certificate(broker, error, root);
    }
    if (!broker.tls()
        && error instanceof MqttException lost
        && lost.getReasonCode() == NO_SENSE_IN_CONNACK) {
      return "hangs up before it answers: does it want ssl:// on this port? (" + text(root) + ")";
    }
    return text(root);
  }

  /** Why a link that worked is lost, in one line. */
  static String describeLoss(Throwable error) {
    return "it hung up or fell silent (" + text(root(error)) + ")";
  }

  private static String notAuthorized(BrokerAddress broker) {
    return broker
        .login()
        .map(login -> "not authorized: wrong password, or no account \"" + login.username() + "\"")
        .orElse("not authorized: it wants a user name and a password, none given");
  }

  private static String certificate(BrokerAddress broker, Throwable error, Throwable root) {
    if (find(error, CertificateExpiredException.class).isPresent()) {
      return "its certificate has expired: " + text(root);
    }
    if (find(error, CertPathBuilderException.class).isPresent()
        || find(error, CertPathValidatorException.class).isPresent()) {
      return "its certificate is not signed by "
          + broker
              .ca()
              .map(pem -> "the authority in " + pem)
              .orElse("an authority of this system, and no broker CA is given");
    }
    if (find(error, CertificateException.class).isPresent()) {
      return "its certificate is not made for \"" + broker.host() + "\": " + text(root);
    }
    return "no TLS with it: " + text(root);
  }

  private static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String text(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
