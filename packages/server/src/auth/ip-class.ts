import { isIPv4, isIPv6 } from "node:net";

/** The network that budgets count by: an IPv4 address itself, the /64 of an IPv6 address; null for anything else. */
export function ipClass(address: string | null): string | null {
  if (address === null) return null;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (isIPv4(plain)) return `${plain}/32`;
  if (!isIPv6(plain)) return null;
  const [head = "", tail] = plain.split("::", 2);
  const front = head.split(":").filter((group) => group !== "");
  // An IPv4 tail stands for two groups and is never among the first four.
  const back = (tail ?? "")
    .split(":")
    .flatMap((group) => (group === "" ? [] : group.includes(".") ? ["0", "0"] : [group]));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  const network = [...front, ...zeros, ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
