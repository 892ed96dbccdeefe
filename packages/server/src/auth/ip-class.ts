import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** The network that budgets count by: an IPv4 address itself, the /64 of an IPv6 address; null for anything else. */
export function ipClass(address: string | null): string | null {
  if (address === null) return null;
  const unscoped = address.replace(/%.*$/, "");
  // In its one spelling: ::ffff:a01:203 is 10.1.2.3.
  const plain = isIPv6(unscoped) ? new SocketAddress({ address: unscoped, family: "ipv6" }).address : unscoped;
  const mapped = plain.replace(/^::ffff:(?=\d+\.)/, "");
  if (isIPv4(mapped)) return `${mapped}/32`;
  if (!isIPv6(plain)) return null;
  const [front = [], back = []] = plain.split("::", 2).map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
