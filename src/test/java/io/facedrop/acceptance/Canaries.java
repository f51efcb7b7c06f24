package io.facedrop.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.Tree;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets that are found wherever they have leaked to. */
final class Canaries {
  static final String PROXY_USER = "maria";

  /** Settings that are secret, each with one that is found nowhere else. */
  private static final Map<String, String> VALUES =
      Map.of(
          "FACEDROP_API_KEY", "cnry+A/\"k3y=71",
          "FACEDROP_API_PROXY_PASSWORD", "cnryP:w@rd+41",
          "FACEDROP_API_CLIENT_CERTIFICATE_PASSWORD", "cnryCert%pw-93",
          "FACEDROP_SFTP_PASSWORD", "cnryS&ftp+pw-15",
          "FACEDROP_SFTP_PASSPHRASE", "cnryPhr?se+phr-62",
          "FACEDROP_LEDGER_PASSWORD", "cnryL#dger+pw-38",
          "CONSOLE_TOKEN_OF_A_FILE", "cnryOper@tor+tkn-46",
          "CONSOLE_VIEWER_TOKEN_OF_A_FILE", "cnryView&r+tkn-84",
          "CAMEL_VAULT_AWS_SECRET_KEY", "cnryV+ult/key-57",
          "VAULT_TOKEN_OF_A_FILE", "cnryT+ken/key-28");

  private Canaries() {}

  static Map<String, String> environment() {
    return new LinkedHashMap<>(VALUES);
  }

  static String of(String variable) {
    return VALUES.get(variable);
  }

  /** Looks into every byte of every file below the folder. */
  static void areNowhereIn(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : Tree.files(folder)) {
      String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
      forms()
          .forEach(
              (form, what) -> {
                int at = bytes.indexOf(form);
                if (at >= 0) {
                  found.add(what + " in " + folder.relativize(file) + ": " + around(bytes, at));
                }
              });
    }
    assertThat(found).isEmpty();
  }

  private static String around(String bytes, int at) {
    return bytes.substring(Math.max(0, at - 300), Math.min(bytes.length(), at + 100));
  }

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    VALUES.forEach(
        (name, value) -> {
          byte[] bytes = value.getBytes(UTF_8);
          forms.put(value, name);
          forms.put(URLEncoder.encode(value, UTF_8), name + " for a URL");
          forms.put(value.replace("\"", "\\\""), name + " in JSON");
          forms.put(value.replace("\"", "&quot;"), name + " in HTML");
          forms.put(new StringBuilder(value).reverse().toString(), name + " backwards");
          forms.put(HexFormat.of().formatHex(bytes), name + " in hex");
          forms.put(base64(bytes), name + " in Base64");
          forms.put(base64((PROXY_USER + ":" + value).getBytes(UTF_8)), name + " for Basic");
        });
    return forms;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
