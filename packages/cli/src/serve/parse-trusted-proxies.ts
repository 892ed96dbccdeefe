import { BlockList, isIP } from "node:net";
import { InvalidSettingError } from "./invalid-setting-error.ts";

/**
 * The addresses of TRUSTED_PROXIES: a list with commas of addresses and of networks in CIDR notation.
 *
 * @throws InvalidSettingError which names the entry
 */
export function parseTrustedProxies(text: string | undefined): BlockList {
  const proxies = new BlockList();
  for (const entry of text?.split(",").map((part) => part.trim()) ?? []) {
    const [address = "", prefix, ...others] = entry.split("/");
    const version = isIP(address);
    if (version === 0 || others.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) {
      throw refusalOf(entry, "Give addresses and networks with commas between them, such as 127.0.0.1,10.0.0.0/8.");
    }
    const family = version === 6 ? "ipv6" : "ipv4";
    const bits = version === 6 ? 128 : 32;
    if (prefix === undefined) {
      proxies.addAddress(address, family);
    } else if (Number(prefix) < 1 || Number(prefix) > bits) {
      // Whoever trusts everybody lets each caller choose its address.
      throw refusalOf(entry, `Behind the slash give how many bits all addresses of the network share: 1 to ${bits}.`);
    } else {
      proxies.addSubnet(address, Number(prefix), family);
    }
  }
  return proxies;
}

function refusalOf(entry: string, what: string): InvalidSettingError {
  return new InvalidSettingError(`TRUSTED_PROXIES has the entry "${entry}". ${what}`);
}
