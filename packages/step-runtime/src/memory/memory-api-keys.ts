import { apiKeyIdIn, isApiKey, makeApiKey } from "../api-key/api-key-text.ts";
import type { ApiKey, ApiKeys } from "../ports/api-keys.ts";
import type { Clock } from "../ports/clock.ts";
import { systemClock } from "./system.ts";

/** API keys in memory, as hashes. */
export function createMemoryApiKeys({ clock = systemClock }: { clock?: Clock } = {}): ApiKeys {
  const stored = new Map<string, { readonly apiKey: ApiKey; readonly hash: Uint8Array }>();
  return {
    async create({ clientId, scopes }) {
      const { key, keyId, hash } = makeApiKey();
      const apiKey = { keyId, clientId, scopes: [...scopes], createdAtMs: clock.now(), revokedAtMs: null };
      stored.set(keyId, { apiKey, hash });
      return { keyId, key };
    },
    async find(key) {
      const keyId = apiKeyIdIn(key);
      const found = keyId === null ? undefined : stored.get(keyId);
      if (found === undefined || found.apiKey.revokedAtMs !== null || !isApiKey(key, found.hash)) return null;
      const { clientId, scopes } = found.apiKey;
      return { keyId: found.apiKey.keyId, clientId, scopes };
    },
    list: async () => [...stored.values()].map(({ apiKey }) => apiKey),
    async revoke(keyId) {
      const found = stored.get(keyId);
      if (found === undefined || found.apiKey.revokedAtMs !== null) return false;
      stored.set(keyId, { ...found, apiKey: { ...found.apiKey, revokedAtMs: clock.now() } });
      return true;
    },
  };
}
