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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and 127.0.0.1 that its own key signed, made by the JDK's keytool. */
public final class SelfSigned {
  private static final String PASSWORD = "changeit";

  private final Path keyStore;
  private final Path trustStore;
  private final String password;

  private SelfSigned(Path keyStore, Path trustStore, String password) {
    this.keyStore = keyStore;
    this.trustStore = trustStore;
    this.password = password;
  }

  /** Makes the key store and the trust store as files of the directory. */
  public static SelfSigned create(Path dir) throws IOException, InterruptedException {
    return create(dir, "CN=localhost", PASSWORD, "-validity 2");
  }

  /**
   * Makes them in a directory of their own, for somebody.
   *
   * @param validity keytool's options for it, such as {@code -validity 2}
   */
  public static SelfSigned create(Path dir, String subject, String password, String validity)
      throws IOException, InterruptedException {
    Files.createDirectories(dir);
    Path keyStore = dir.resolve("key.p12");
    Path certificate = dir.resolve("certificate.pem");
    Path trustStore = dir.resolve("trust.p12");
    keytool(
        keyStore,
        password,
        "-genkeypair -alias sandbox -keyalg EC -ext san=dns:localhost,ip:127.0.0.1 "
            + validity
            + " -dname "
            + subject);
    keytool(keyStore, password, "-exportcert -rfc -alias sandbox -file", certificate.toString());
    keytool(
        trustStore, password, "-importcert -noprompt -alias sandbox -file", certificate.toString());
    return new SelfSigned(keyStore, trustStore, password);
  }

  /** What a server needs. */
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    return serverContext(null);
  }

  /** What a server needs that trusts these clients only. */
  public SSLContext serverContext(SelfSigned clients) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(keyStore), password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), clients == null ? null : clients.trustManagers(), null);
    return context;
  }

  /** What a client needs. */
  public SSLContext clientContext() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trustManagers(), null);
    return context;
  }

  private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trustStore));
    return trust.getTrustManagers();
  }

  /** A PKCS 12 store with the certificate and its key. */
  public Path keyStore() {
    return keyStore;
  }

  /** A PKCS 12 store with the certificate alone. */
  public Path trustStore() {
    return trustStore;
  }

  /** The password of the stores. */
  public String password() {
    return password;
  }

  private KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(file)) {
      store.load(bytes, password.toCharArray());
    }
    return store;
  }

  private static void keytool(Path store, String password, String arguments, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of(more));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }
}
