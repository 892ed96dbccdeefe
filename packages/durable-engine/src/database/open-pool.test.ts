import { expect, inject, it } from "vitest";
import { openPool } from "./open-pool.ts";

it("keeps the limit of a statement beside the options of an address", async () => {
  const url = new URL(inject("postgresUrl"));
  url.searchParams.set("options", "-c search_path=app -c statement_timeout=0");
  const pool = openPool(url.href, { statement_timeout: 30_000 });
  const { rows } = await pool.query(
    "SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS longest",
  );
  await pool.end();
  expect(rows).toEqual([{ path: "app", longest: "30s" }]);
});
