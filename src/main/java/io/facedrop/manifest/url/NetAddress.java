package io.facedrop.manifest.url;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An IP address; one of IPv4 that is mapped into IPv6 is the IPv4 address. */
record NetAddress(int bits, BigInteger value) {

  private static final int IPV4 = 32;
  private static final int IPV6 = 128;
  private static final int MOST_PARTS = 4;

  /** What the registries of special addresses (RFC 6890) keep out of the Internet. */
  private static final List<Network> PRIVATE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10", // shared by a provider's customers
              "127.0.0.0/8",
              "169.254.0.0/16", // link-local, where clouds keep their metadata
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15", // benchmarks
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, and broadcast
              "::/96", // unspecified, loopback, and IPv4 in an old form
              "64:ff9b:1::/48", // translation within a network
              "100::/64", // discarded
              "2001::/32", // Teredo
              "fc00::/7", // unique local
              "fe80::/10", // link-local
              "fec0::/10", // site-local
              "ff00::/8") // multicast
          .map(Network::of)
          .toList();

  private static final Network NAT64 = Network.of("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.of("2002::/16");

  private record Network(NetAddress start, int prefix) {
    static Network of(String text) {
      String[] parts = text.split("/");
      NetAddress start = literal(parts[0]).orElseThrow();
      return new Network(start, Integer.parseInt(parts[1]));
    }

    boolean holds(NetAddress address) {
      int rest = start.bits - prefix;
      return start.bits == address.bits
          && start.value.shiftRight(rest).equals(address.value.shiftRight(rest));
    }
  }

  /** Reads an address in its usual form, which must have a colon or be four decimal numbers. */
  static Optional<NetAddress> literal(String text) {
    try {
      // Nobody is asked for a literal.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return Optional.of(new NetAddress(bytes.length * 8, new BigInteger(1, bytes)));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Reads what C's inet_aton and browsers read: one to four numbers, each decimal, octal ({@code
   * 0…}) or hexadecimal ({@code 0x…}), the last of which fills what is left.
   *
   * @param octal whether a zero in front means octal; else it means nothing
   */
  static Optional<NetAddress> ipv4(String text, boolean octal) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > MOST_PARTS) {
      return Optional.empty();
    }
    try {
      return ipv4(Arrays.stream(parts).map(part -> number(part, octal)).toList());
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<NetAddress> ipv4(List<BigInteger> numbers) {
    BigInteger value = BigInteger.ZERO;
    int last = numbers.size() - 1;
    for (int i = 0; i <= last; i++) {
      int bits = i < last ? 8 : IPV4 - 8 * last;
      if (numbers.get(i).signum() < 0 || numbers.get(i).bitLength() > bits) {
        return Optional.empty();
      }
      value = value.shiftLeft(bits).add(numbers.get(i));
    }
    return Optional.of(new NetAddress(IPV4, value));
  }

  private static BigInteger number(String part, boolean octal) {
    if (part.startsWith("0x")) {
      return part.length() == 2 ? BigInteger.ZERO : new BigInteger(part.substring(2), 16);
    }
    return new BigInteger(part, octal && part.length() > 1 && part.startsWith("0") ? 8 : 10);
  }

  boolean isPrivate() {
    if (NAT64.holds(this)) {
      return embedded(0).isPrivate();
    }
    return SIX_TO_FOUR.holds(this)
        ? embedded(IPV6 - SIX_TO_FOUR.prefix() - IPV4).isPrivate()
        : PRIVATE.stream().anyMatch(network -> network.holds(this));
  }

  /** The IPv4 address that is so many bits from the end. */
  private NetAddress embedded(int bitsBehind) {
    BigInteger mask = BigInteger.ONE.shiftLeft(IPV4).subtract(BigInteger.ONE);
    return new NetAddress(IPV4, value.shiftRight(bitsBehind).and(mask));
  }
}
