package io.facedrop.config;

import io.facedrop.api.client.ClientIdentity;
import io.facedrop.config.Settings.ClientCertificate;
import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds at start what would else be found at the first row. */
final class CertificateCheck {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateCheck.class);
  private static final String KEY = "facedrop.api.client-certificate";
  private static final Duration SOON = Duration.ofDays(30);

  private CertificateCheck() {}

  /** What is wrong with it; warns of a certificate that expires soon. */
  static Optional<String> fault(ClientCertificate certificate) {
    Path store = certificate.keyStore();
    try {
      ClientIdentity identity = ClientIdentity.open(store, certificate.password());
      return validity(store, identity.certificate(), Instant.now());
    } catch (UnrecoverableKeyException otherPassword) {
      return Optional.of(
          KEY
              + "-password opens "
              + store
              + ", but not the key in it; give both the same password");
    } catch (KeyStoreException unknown) {
      return Optional.of(
          KEY
              + " must name a key store (PKCS#12 or JKS) but "
              + store
              + " is none; from PEM files openssl pkcs12 -export makes one");
    } catch (GeneralSecurityException unusable) {
      return Optional.of(KEY + " names " + store + ": " + Cause.of(unusable));
    } catch (IOException closed) {
      return Optional.of(closed(store, closed));
    }
  }

  private static String closed(Path store, IOException failure) {
    return failure.getCause() instanceof UnrecoverableKeyException
        ? KEY + "-password does not open " + store + "; check it, or its file"
        : KEY + " names " + store + ", which cannot be read (" + Cause.of(failure) + ")";
  }

  private static Optional<String> validity(Path store, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    String which =
        KEY + " names " + store + ", whose certificate (" + certificate.getSubjectX500Principal();
    if (end.isBefore(now)) {
      return Optional.of(which + ") expired on " + end + "; put a new one in its place");
    }
    if (begin.isAfter(now)) {
      return Optional.of(which + ") is not valid before " + begin + "; check the machine's clock");
    }
    if (end.isBefore(now.plus(SOON))) {
      long days = Duration.between(now, end).toDays();
      LOG.warn(
          "{}) expires in {} days, on {}; put a new one in its place and restart",
          which,
          days,
          end);
    }
    return Optional.empty();
  }
}
