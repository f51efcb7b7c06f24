package io.facedrop.config;

import java.io.File;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The JVM's trust store, instead of which it takes its own, or none, when it cannot be read. */
final class TrustStore {
  private static final String PROPERTY = "javax.net.ssl.trustStore";

  private TrustStore() {}

  /** What is wrong with the one that is named; empty also when none is. */
  static Optional<String> fault() {
    String file = System.getProperty(PROPERTY, "");
    return file.isEmpty() || file.equals("NONE") || isThere(file) && holdsAny()
        ? Optional.empty()
        : Optional.of(
            PROPERTY
                + " names "
                + file
                + ", in which no certificate can be read; check the file, and"
                + " javax.net.ssl.trustStorePassword");
  }

  private static boolean isThere(String file) {
    return new File(file).canRead();
  }

  private static boolean holdsAny() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      return Arrays.stream(trust.getTrustManagers())
          .anyMatch(it -> it instanceof X509TrustManager x && x.getAcceptedIssuers().length > 0);
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }
}
