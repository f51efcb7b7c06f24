package io.facedrop.manifest.url;

import java.util.List;
import java.util.Optional;

/**
 * What image URLs may be under a configuration: those that {@link ImageUrl} finds no fault with and
 * whose host is not refused. Names are judged as they are written and never resolved.
 */
public final class UrlRule {

  /** Refuses no host. */
  public static final UrlRule ANY_HOST = new UrlRule(ImageUrl.LONGEST, List.of(), List.of(), false);

  private final int longest;
  private final List<HostPattern> allowed;
  private final List<HostPattern> denied;
  private final boolean privateRefused;

  /**
   * @param longest characters that a URL may have
   * @param allowed none other, unless empty; {@code *.example.com} stands for all below it
   * @param denied wins over {@code allowed}
   * @param privateRefused whether addresses that only a private network knows are refused
   */
  public UrlRule(int longest, List<String> allowed, List<String> denied, boolean privateRefused) {
    this.longest = longest;
    this.allowed = allowed.stream().map(HostPattern::of).toList();
    this.denied = denied.stream().map(HostPattern::of).toList();
    this.privateRefused = privateRefused;
  }

  /**
   * Returns a sentence that names what is wrong, or empty when the URL is acceptable; the sentence
   * repeats nothing of the URL.
   */
  public Optional<String> fault(String url) {
    Optional<String> fault = ImageUrl.fault(url, longest);
    return fault.isPresent() || !anyRule() ? fault : faultOfHost(url);
  }

  private boolean anyRule() {
    return privateRefused || !allowed.isEmpty() || !denied.isEmpty();
  }

  private Optional<String> faultOfHost(String url) {
    Optional<Host> host = Host.of(url);
    if (host.isEmpty()) {
      return Optional.of(
          "The URL's host is written in a way that not everybody reads alike, which the rules for"
              + " hosts (facedrop.image.*) do not let through.");
    }
    if (denied.stream().anyMatch(pattern -> pattern.mayMean(host.get()))) {
      return Optional.of("The URL's host is one of facedrop.image.deny-hosts.");
    }
    if (!allowed.isEmpty() && allowed.stream().noneMatch(pattern -> pattern.means(host.get()))) {
      return Optional.of("The URL's host is none of facedrop.image.allow-hosts.");
    }
    if (privateRefused && host.get().isPrivate()) {
      return Optional.of(
          "The URL's host is a private address, which facedrop.image.private-addresses=refuse does"
              + " not let through.");
    }
    return Optional.empty();
  }
}
