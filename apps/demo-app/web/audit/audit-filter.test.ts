import { expect, it } from "vitest";
import { addressOfFilter, countFilters, filterOfAddress, wholeTrail } from "./audit-filter.ts";

it("keeps a filter in an address beside what else stands there, and reads it again", () => {
  const filter = { ...wholeTrail, events: ["locked", "unlocked"], user: "user-demo", from: "2026-11-26T10:42" };
  const address = addressOfFilter("?lang=fr&run=run-1", filter);
  expect(address).toBe("?lang=fr&user=user-demo&from=2026-11-26T10%3A42&event=locked%2Cunlocked");
  expect(filterOfAddress(address)).toEqual(filter);
  expect(countFilters(filter)).toBe(3);
  expect(addressOfFilter(address, wholeTrail)).toBe("?lang=fr");
  expect(filterOfAddress("?lang=fr")).toEqual(wholeTrail);
});
