package io.facedrop.config;

import io.facedrop.config.Settings.Api;
import io.facedrop.config.Settings.ClientCertificate;
import io.facedrop.config.Settings.Proxy;
import io.facedrop.words.Cause;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what is said about the API and the way to it. */
final class ApiSettings {
  private static final String KEY = "facedrop.api.key";

  private final Readings in;
  private final boolean keyNeeded;

  private ApiSettings(Readings in, boolean keyNeeded) {
    this.in = in;
    this.keyNeeded = keyNeeded;
  }

  static Api read(Readings in, boolean keyNeeded) {
    return new ApiSettings(in, keyNeeded).api();
  }

  private Api api() {
    // First of all: a fault of another setting may repeat it.
    String key = key();
    return new Api(
        baseUrl(),
        key,
        in.parsed("facedrop.api.rate", Rate::parse),
        in.parsed("facedrop.api.query-rate", ApiSettings::queryRate),
        in.number("facedrop.api.concurrency", 1, 4096),
        in.duration("facedrop.api.connect-timeout", 1),
        in.duration("facedrop.api.response-timeout", 1),
        proxy(),
        certificate());
  }

  /** Null for shared. */
  private static Rate queryRate(String text) {
    try {
      return text.equals("shared") ? null : Rate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be shared, or " + Cause.of(e).replaceFirst("^must (be )?", ""), e);
    }
  }

  /** The routes put their paths behind it, so they must see it without a slash at its end. */
  private URI baseUrl() {
    URI url = in.parsed("facedrop.api.base-url", Addresses::baseUrl);
    if (url != null) {
      in.resolved().put("facedrop.api.base-url", url.toString());
      if ("https".equals(url.getScheme())) {
        TrustStore.fault().ifPresent(in::fault);
      }
    }
    return url;
  }

  private String key() {
    String key = in.secret(KEY);
    in.resolved().put(KEY, key);
    if (key.isEmpty()) {
      if (keyNeeded && in.faults().stream().noneMatch(told -> told.startsWith(KEY))) {
        in.fault(
            "facedrop.api.key is missing: set the environment variable CRUN_API_KEY to your"
                + " API key, or facedrop.api.key-file to a file that holds it");
      }
    } else if (!key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      in.fault(
          "facedrop.api.key (or its file) holds a blank or a character outside ASCII; check for a stray line"
              + " break or quote");
    }
    return key;
  }

  /** Null for none. */
  private Proxy proxy() {
    URI address = in.parsed("facedrop.api.proxy", Addresses::proxy);
    String user = in.text("facedrop.api.proxy-user");
    String password = in.secret("facedrop.api.proxy-password");
    if (user.isEmpty() != password.isEmpty()) {
      in.fault("facedrop.api.proxy-user and facedrop.api.proxy-password need each other");
    } else if (user.contains(":")) {
      in.fault("facedrop.api.proxy-user must not hold a colon: what follows it would be password");
    } else if (!user.isEmpty() && in.text("facedrop.api.proxy").isEmpty()) {
      in.fault("facedrop.api.proxy-user is set, but facedrop.api.proxy names no proxy");
    }
    return address == null ? null : new Proxy(address, user, password);
  }

  /** Null for none. */
  private ClientCertificate certificate() {
    Path keyStore = in.file("facedrop.api.client-certificate");
    String password = in.secret("facedrop.api.client-certificate-password");
    if (keyStore == null && !password.isEmpty()) {
      in.fault(
          "facedrop.api.client-certificate-password is set, but facedrop.api.client-certificate"
              + " names no key store");
    }
    return keyStore == null ? null : usable(new ClientCertificate(keyStore, password));
  }

  private ClientCertificate usable(ClientCertificate certificate) {
    if (Files.isReadable(certificate.keyStore())) {
      CertificateCheck.fault(certificate).ifPresent(in::fault);
    }
    return certificate;
  }
}
