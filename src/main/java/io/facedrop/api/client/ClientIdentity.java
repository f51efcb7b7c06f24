package io.facedrop.api.client;

import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate, and its key, by which the API may know its client. */
public final class ClientIdentity {
  private final KeyStore store;
  private final char[] password;
  private final X509Certificate certificate;

  private ClientIdentity(KeyStore store, char[] password, X509Certificate certificate) {
    this.store = store;
    this.password = password;
    this.certificate = certificate;
  }

  /**
   * Opens a key store, PKCS#12 or JKS, with one key.
   *
   * @throws IOException when it cannot be read, or the password is wrong
   * @throws GeneralSecurityException when it is not a key store, or its key cannot be used
   */
  public static ClientIdentity open(Path file, String password)
      throws IOException, GeneralSecurityException {
    char[] secret = password.toCharArray();
    KeyStore store = KeyStore.getInstance(file.toFile(), secret);
    String alias = onlyKey(store);
    store.getKey(alias, secret);
    return new ClientIdentity(store, secret, (X509Certificate) store.getCertificate(alias));
  }

  private static String onlyKey(KeyStore store) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw new GeneralSecurityException(
          "it must hold one certificate with its private key, but holds " + keys.size());
    }
    return keys.get(0);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** Presents this certificate to a server that asks for one, and trusts the JVM's authorities. */
  public SSLContext sslContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the client certificate cannot be used: " + Cause.of(e), e);
    }
  }

  @Override
  public String toString() {
    return "ClientIdentity[" + certificate.getSubjectX500Principal() + "]";
  }
}
