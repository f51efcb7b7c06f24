package io.facedrop.sftp;

import io.facedrop.ledger.Deliveries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, and the ledger for whoever asks, when the watched folder cannot be looked at
 * and when it can again. Camel looks again by itself, less often after a failure.
 */
public final class FolderWatch implements PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final String place;
  private final Deliveries deliveries;
  private final Map<String, String> failing = new ConcurrentHashMap<>();

  /** What failed with a file in a look that is under way. */
  private final Map<String, String> files = new ConcurrentHashMap<>();

  private String told;

  /**
   * @param place the folder's address
   */
  public FolderWatch(String place, Deliveries deliveries) {
    this.place = place;
    this.deliveries = deliveries;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    files.remove(endpoint.getEndpointKey());
    return true;
  }

  /** A file could not be claimed, fetched or moved, although the folder can be looked at. */
  void failed(Endpoint endpoint, String words) {
    files.putIfAbsent(endpoint.getEndpointKey(), words);
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    String file = files.remove(endpoint.getEndpointKey());
    if (file != null) {
      failing.put(endpoint.getEndpointKey(), file);
      tell(file);
      return;
    }
    boolean failed = failing.remove(endpoint.getEndpointKey()) != null;
    // The working folder need not be there, so a look at it alone says nothing.
    boolean watched = !endpoint.getEndpointBaseUri().endsWith("/.work");
    if (failing.isEmpty() && (failed || watched)) {
      tell("");
    }
  }

  @Override
  public boolean rollback(
      Consumer consumer, Endpoint endpoint, int retryCounter, Exception failure) {
    String words = SftpFault.of(failure).words(failure);
    LOG.debug("{} failed", endpoint, failure);
    failing.put(endpoint.getEndpointKey(), words);
    tell(words);
    return false;
  }

  /**
   * Says what is new.
   *
   * @param trouble empty when all is well
   */
  private synchronized void tell(String trouble) {
    if (trouble.equals(told)) {
      return;
    }
    if (trouble.isEmpty()) {
      LOG.info("{} {}", place, told == null ? "is watched" : "can be looked at again, going on");
    } else {
      LOG.error("{} is not worked: {}; it is tried again and again", place, trouble);
    }
    told = trouble;
    deliveries.link(place, trouble);
  }
}
