package io.facedrop.console.door;

import io.vertx.ext.auth.User;
import java.security.MessageDigest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * Whoever asks, as the doorkeeper has let them in.
 *
 * @param name that stands beside their token; empty where none does
 * @param form secret that their forms have; empty where they have none
 */
public record Visitor(Role role, String name, String form) {
  static final String ROLE = "role";
  static final String NAME = "name";
  static final String FORM = "form";

  /** The one of a request. */
  public static Visitor of(Exchange exchange) {
    User user =
        exchange.getMessage().getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER, User.class);
    return user == null
        ? new Visitor(Role.NOBODY, "", "")
        : new Visitor(
            Role.valueOf(user.principal().getString(ROLE)),
            user.principal().getString(NAME),
            user.principal().getString(FORM));
  }

  public boolean isOperator() {
    return role == Role.OPERATOR;
  }

  /** Whether a form is one that they were given. */
  public boolean hasSent(String secret) {
    return !form.isEmpty() && MessageDigest.isEqual(Tokens.digest(form), Tokens.digest(secret));
  }
}
