import { serve } from "@hono/node-server";
import { createShop } from "./create-shop.ts";
import { hashPassword } from "./password.ts";

const { ONCEFLOW_URL = "http://127.0.0.1:4310", ONCEFLOW_KEY = "", CLIENT = "shop", PORT = "4320" } = process.env;

const app = await createShop({
  onceflow: ONCEFLOW_URL,
  clientId: CLIENT,
  apiKey: ONCEFLOW_KEY,
  accounts: new Map([["demo", { userId: "user-demo", password: await hashPassword("correct horse") }]]),
});
serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" });
