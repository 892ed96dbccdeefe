import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import type { RouteOptions } from "./route-options.ts";

const keySetSchema = z
  .object({
    keys: z.array(
      z
        .object({
          kty: z.literal("OKP"),
          crv: z.literal("Ed25519"),
          x: z.string(),
          kid: z.string(),
          alg: z.literal("EdDSA"),
          use: z.literal("sig"),
        })
        .openapi({ description: "A public key (RFC 7517, RFC 8037)." }),
    ),
  })
  .openapi("KeySet");

const getKeys = createRoute({
  method: "get",
  path: "/.well-known/jwks.json",
  operationId: "getProofKeys",
  summary: "The public keys that signed proofs are verified with",
  description:
    "A response with a proof holds a JWT of type onceflow-proof+jwt: iss is this server, aud the client, sub the user, run the run, exp five minutes after iat. It counts once: compare run with the run that was started.",
  tags: ["proofs"],
  security: [],
  responses: { 200: jsonAnswer(keySetSchema, "Those of the current key, and of the keys before it.") },
});

/** `GET /.well-known/jwks.json`. */
export function addJwksRoute(app: OpenAPIHono<AppEnv>, { proofSigner }: RouteOptions): void {
  app.openapi(getKeys, async (context) => {
    // Short: right after a rotation proofs name a key that a cache does not have yet.
    context.header("Cache-Control", "public, max-age=60");
    return context.json({ keys: [...(await proofSigner.publicKeys())] }, 200);
  });
}
