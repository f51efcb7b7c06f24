package io.facedrop.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.part.Columns;

/** Says that a manifest was accepted, and as what. */
final class Acknowledgement {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Acknowledgement() {}

  static String json(Batch batch) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("batch", batch.id())
            .put("manifest", batch.folder() + batch.manifest())
            .put("rows", batch.rows())
            .put("invalid", batch.invalid())
            .put("sha256", batch.sha256())
            .put("accepted_at", Columns.time(batch.acceptedAt()));
    try {
      return JSON.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an acknowledgement could not be written", e);
    }
  }
}
