package io.facedrop.console.door;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * A file that was uploaded. It is removed after the answer, unless it was moved.
 *
 * @param name that the browser gave, which may be anything
 */
public record Uploaded(Path file, String name) {
  private static final String UPLOADS = "uploads";
  private static final String FILE = "file";
  private static final String NAME = "name";

  /** Those of a request. */
  public static List<Uploaded> of(Exchange exchange) {
    User user =
        exchange.getMessage().getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER, User.class);
    return user.attributes().getJsonArray(UPLOADS, new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(one -> new Uploaded(Path.of(one.getString(FILE)), one.getString(NAME)))
        .toList();
  }

  /** Tells the routes of them, as they are told of the user. */
  static void tell(User user, List<Uploaded> all) {
    JsonArray told = new JsonArray();
    all.forEach(
        one -> told.add(new JsonObject().put(FILE, one.file().toString()).put(NAME, one.name())));
    user.attributes().put(UPLOADS, told);
  }
}
