import type { JsonObject } from "../component/json.ts";
import type { ProofPublicKey } from "../ports/proof-signer.ts";

/**
 * Verifies the signature of a proof with Web Crypto alone, and reads it. For tests; an application takes a library that
 * also checks the claims.
 */
export async function verifyProof(
  token: string,
  keys: readonly ProofPublicKey[],
): Promise<{ readonly header: JsonObject; readonly claims: JsonObject }> {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const read = (part: string) => JSON.parse(new TextDecoder().decode(bytesOf(part))) as JsonObject;
  const jwk = keys.find(({ kid }) => kid === read(header)["kid"]);
  if (!jwk) throw new Error("The proof names a key that is not listed.");
  const key = await crypto.subtle.importKey("jwk", { ...jwk }, "Ed25519", false, ["verify"]);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  const fits = await crypto.subtle.verify("Ed25519", key, bytesOf(signature), signed);
  if (!fits) throw new Error("The signature of the proof does not fit.");
  return { header: read(header), claims: read(claims) };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
