package io.facedrop.integration;

import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.client.ApiClient;
import io.facedrop.api.client.ClientIdentity;
import io.facedrop.api.client.WayOut;
import io.facedrop.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The client of the API under these settings. */
public final class ApiAccess {
  private static final int FINGERPRINT_LENGTH = 16;

  private ApiAccess() {}

  static ApiClient client(Settings.Api api) {
    return new ApiClient(
        api.baseUrl(),
        api.concurrency(),
        api.connectTimeout(),
        api.responseTimeout(),
        way(api),
        new AnswerReader(api.key()));
  }

  /** Address and fingerprint of the key: what a gate is kept under. */
  public static String authority(Settings.Api api) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("facedrop " + api.key()).getBytes(StandardCharsets.UTF_8));
      return api.address()
          + " key "
          + HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WayOut way(Settings.Api api) {
    Settings.Proxy proxy = api.proxy();
    ClientIdentity identity = identity(api.certificate());
    return proxy == null
        ? new WayOut(null, "", "", identity)
        : new WayOut(proxy.address(), proxy.user(), proxy.password(), identity);
  }

  private static ClientIdentity identity(Settings.ClientCertificate certificate) {
    try {
      return certificate == null
          ? null
          : ClientIdentity.open(certificate.keyStore(), certificate.password());
    } catch (IOException | GeneralSecurityException e) {
      // It could be opened when the settings were read.
      throw new IllegalStateException(certificate + " cannot be opened any more", e);
    }
  }
}
