package io.facedrop.publish.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.read.FoundFaces;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The first faces of a batch, of those that can be shown. */
final class ContactSheet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINK = 4096;

  private ContactSheet() {}

  static List<Face> of(List<FoundFaces> rows, int most) {
    List<Face> faces = new ArrayList<>();
    rows.forEach(row -> faces.addAll(faces(row)));
    return List.copyOf(faces.subList(0, Math.min(most, faces.size())));
  }

  private static List<Face> faces(FoundFaces row) {
    String image = isWebAddress(row.imageUrl()) ? row.imageUrl() : "";
    return StreamSupport.stream(list(row.faces()).spliterator(), false)
        .filter(face -> isWebAddress(face.path("link").asText()))
        .map(face -> new Face(row.line(), image, id(face), face.path("link").asText()))
        .toList();
  }

  private static String id(JsonNode face) {
    return face.path("id").asText("");
  }

  /** What is no JSON holds no face. */
  private static JsonNode list(String faces) {
    try {
      return faces == null ? JSON.missingNode() : JSON.readTree(faces);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** Whether a browser may follow it: absolute, http or https, and without a user. */
  static boolean isWebAddress(String text) {
    if (text == null || text.length() > LONGEST_LINK) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null
          && uri.getScheme().toLowerCase(java.util.Locale.ROOT).matches("https?")
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
