package io.facedrop.console.door;

import io.facedrop.config.Settings.Console.Pass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of those who may act and of those who may only look. What somebody shows is compared
 * with all of them, by digests and in constant time, so that time tells nothing of any.
 */
public final class Tokens {
  private static final String SCHEME = "Bearer ";

  private final List<Known> known = new ArrayList<>();

  /** Whoever has a token. */
  record Holder(Role role, String name) {
    static final Holder NOBODY = new Holder(Role.NOBODY, "");
  }

  private record Known(byte[] digest, Holder holder) {}

  /** Without any, everybody may do everything. */
  public Tokens(List<Pass> operators, List<Pass> viewers) {
    operators.forEach(pass -> add(pass, Role.OPERATOR));
    viewers.forEach(pass -> add(pass, Role.VIEWER));
  }

  private void add(Pass pass, Role role) {
    known.add(new Known(digest(pass.token()), new Holder(role, pass.name())));
  }

  /** Whether nobody has to show one. */
  boolean areNone() {
    return known.isEmpty();
  }

  /**
   * Who it is that shows this.
   *
   * @param authorizations every {@code Authorization} of a request
   */
  Holder holder(List<String> authorizations) {
    String said = authorizations.size() == 1 ? authorizations.get(0) : "";
    boolean bearer = said.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return holderOf(bearer ? said.substring(SCHEME.length()).strip() : "");
  }

  /** Who it is that has this token. */
  Holder holderOf(String token) {
    if (areNone()) {
      return new Holder(Role.OPERATOR, "");
    }
    byte[] digest = digest(token);
    Holder holder = Holder.NOBODY;
    for (Known one : known) {
      boolean same = MessageDigest.isEqual(one.digest(), digest);
      holder = same ? one.holder() : holder;
    }
    return holder;
  }

  /** Of one length for all, and nothing that who asks can choose. */
  static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
