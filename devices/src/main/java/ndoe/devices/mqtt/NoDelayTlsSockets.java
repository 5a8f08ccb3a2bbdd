package ndoe.devices.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import ndoe.devices.DeviceLinkException;

/** TLS sockets with TCP_NODELAY that trust the system’s authorities or those of a PEM file. */
final class NoDelayTlsSockets extends SSLSocketFactory {
  private final SSLSocketFactory tls;

  private NoDelayTlsSockets(SSLSocketFactory tls) {
    this.tls = tls;
  }

  static NoDelayTlsSockets trusting(Optional<Path> ca) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, ca.isPresent() ? trust(ca.get()).getTrustManagers() : null, null);
      return new NoDelayTlsSockets(context.getSocketFactory());
    } catch (IOException | GeneralSecurityException e) {
      throw new DeviceLinkException(
          "cannot read the broker’s CA as PEM certificates: "
              + ca.map(Path::toString).orElse("system default")
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static TrustManagerFactory trust(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + store.size(), c);
      }
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("no certificate in it");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static Socket prepared(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prepared(tls.createSocket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return prepared(tls.createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prepared(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prepared(tls.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prepared(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prepared(tls.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }
}
