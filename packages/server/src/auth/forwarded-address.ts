import { type BlockList, isIP } from "node:net";

/**
 * The address of whoever called, seen through the proxies that are trusted: the rightmost of `X-Forwarded-For` that none of
 * them has. Whatever is left of it the caller may have written; so nothing counts when the peer is no trusted proxy.
 *
 * @param peer the address at the other end of the connection
 * @param options.forwardedFor the header, each proxy's entry behind that of the one before
 */
export function forwardedAddress(
  peer: string | null,
  { forwardedFor, trustedProxies }: { forwardedFor: string | undefined; trustedProxies: BlockList },
): string | null {
  let address = peer;
  const entries = forwardedFor?.split(",") ?? [];
  while (address !== null && trustedProxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")) {
    const before = entries.pop()?.trim();
    // What is no address was written by the last trusted proxy, or let through by it: count by that proxy, not by nothing.
    if (before === undefined || isIP(before) === 0) return address;
    address = before;
  }
  return address;
}
