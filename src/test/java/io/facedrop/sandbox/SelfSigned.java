package io.facedrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and 127.0.0.1 that its own key signed, made by the JDK's keytool. */
public final class SelfSigned {
  private static final String PASSWORD = "changeit";

  private final Path keyStore;
  private final Path trustStore;

  private SelfSigned(Path keyStore, Path trustStore) {
    this.keyStore = keyStore;
    this.trustStore = trustStore;
  }

  /** Makes the key store and the trust store as files of the directory. */
  public static SelfSigned create(Path dir) throws IOException, InterruptedException {
    Path keyStore = dir.resolve("key.p12");
    Path certificate = dir.resolve("certificate.pem");
    Path trustStore = dir.resolve("trust.p12");
    keytool(
        keyStore,
        "-genkeypair -alias sandbox -keyalg EC -validity 2 -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1");
    keytool(keyStore, "-exportcert -rfc -alias sandbox -file", certificate.toString());
    keytool(trustStore, "-importcert -noprompt -alias sandbox -file", certificate.toString());
    return new SelfSigned(keyStore, trustStore);
  }

  /** What a server needs. */
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(keyStore), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** What a client needs. */
  public SSLContext clientContext() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** A PKCS 12 store with the certificate alone. */
  public Path trustStore() {
    return trustStore;
  }

  /** The password of the stores. */
  public String password() {
    return PASSWORD;
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(file)) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    return store;
  }

  private static void keytool(Path store, String arguments, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of(more));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }
}
