package io.facedrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The body of a POST.
 *
 * @param imageUrl the {@code image_url}, or null where there is none
 * @param path the path of a valid image URL
 * @param complaint what is wrong with the body, or null
 */
record ImageRequest(String imageUrl, String path, String complaint) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static ImageRequest read(String contentType, byte[] body) {
    try {
      return of(MAPPER.readTree(body), contentType);
    } catch (JsonProcessingException malformed) {
      return bad(null, "expected a body of JSON but found " + malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      return bad(null, "expected a body of JSON but could not read it");
    }
  }

  static ImageRequest tooLong(int limit) {
    return bad(null, "expected a body of at most " + limit + " bytes");
  }

  private static ImageRequest of(JsonNode body, String contentType) {
    if (!isJson(contentType)) {
      return bad(null, "expected Content-Type application/json");
    }
    JsonNode imageUrl = body.get("image_url");
    if (!body.isObject() || imageUrl == null) {
      return bad(null, "expected a JSON object with image_url");
    }
    if (!imageUrl.isTextual()) {
      return bad(null, "expected image_url to be a string");
    }
    return located(imageUrl.textValue());
  }

  private static ImageRequest located(String imageUrl) {
    try {
      URI uri = new URI(imageUrl);
      return isWeb(uri)
          ? new ImageRequest(imageUrl, uri.getRawPath(), null)
          : bad(imageUrl, "expected image_url to be an absolute http or https URI");
    } catch (URISyntaxException invalid) {
      return bad(imageUrl, "expected image_url to be a URI but found: " + invalid.getReason());
    }
  }

  private static boolean isWeb(URI uri) {
    String scheme = uri.getScheme();
    return uri.getRawAuthority() != null
        && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
  }

  private static boolean isJson(String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(Reply.JSON);
  }

  private static ImageRequest bad(String imageUrl, String complaint) {
    return new ImageRequest(imageUrl, "", "Validation Error: " + complaint);
  }
}
