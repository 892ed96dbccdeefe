import { expect, it } from "vitest";
import { ipClass } from "./ip-class.ts";

it.each([
  ["127.0.0.1", "127.0.0.1/32"],
  ["::ffff:10.1.2.3", "10.1.2.3/32"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["1::5:6:7:8:9", "1:0:0:5::/64"],
  ["64:ff9b::10.0.0.1", "64:ff9b:0:0::/64"],
  ["somewhere", null],
  [null, null],
])("%s counts as %s", (address, network) => {
  expect(ipClass(address)).toBe(network);
});
