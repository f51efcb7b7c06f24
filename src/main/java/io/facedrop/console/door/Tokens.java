package io.facedrop.console.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** The operator's token and that of those who may only look; compared in constant time. */
public final class Tokens {
  private static final String SCHEME = "Bearer ";

  private final byte[] operator;
  private final byte[] viewer;

  /** Each is empty for none; without any, everybody may do everything. */
  public Tokens(String operator, String viewer) {
    this.operator = bytes(operator);
    this.viewer = bytes(viewer);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether nobody has to show one. */
  boolean areNone() {
    return operator.length == 0 && viewer.length == 0;
  }

  /**
   * What somebody may do who shows this.
   *
   * @param authorizations every {@code Authorization} of a request
   */
  Role role(List<String> authorizations) {
    String said = authorizations.size() == 1 ? authorizations.get(0) : "";
    boolean bearer = said.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return roleOf(bearer ? said.substring(SCHEME.length()).strip() : "");
  }

  /** What somebody may do who has this token. */
  Role roleOf(String said) {
    if (areNone()) {
      return Role.OPERATOR;
    }
    byte[] token = bytes(said);
    // Both are compared, so that time does not tell which it was.
    boolean looks = is(viewer, token);
    boolean acts = is(operator, token);
    return acts ? Role.OPERATOR : looks ? Role.VIEWER : Role.NOBODY;
  }

  private static boolean is(byte[] known, byte[] token) {
    return MessageDigest.isEqual(known, token) & known.length > 0;
  }
}
