/** What a caller may do: edit components, run dataflows, look after the server. */
export const scopes = ["author", "execute", "operate"] as const;

/** One of {@link scopes}. */
export type Scope = (typeof scopes)[number];

/** A key that a client's programs call with, without what it is made of. */
export interface ApiKey {
  /** Part of the key's text; opens nothing. */
  readonly keyId: string;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970, by the clock of the store. */
  readonly createdAtMs: number;
  /** Null while it opens something. */
  readonly revokedAtMs: number | null;
}

/** The API keys of a tenant, each of one client; a store holds the hash of a key and never the key. */
export interface ApiKeys {
  /** Makes a key, audited as `api_key_added`; `key` is its text, which nobody can get again. */
  create(request: {
    readonly clientId: string;
    readonly scopes: readonly Scope[];
  }): Promise<{ readonly keyId: string; readonly key: string }>;
  /** Whose key this is; null for a wrong or revoked one, and for any other text. */
  find(key: string): Promise<Pick<ApiKey, "keyId" | "clientId" | "scopes"> | null>;
  /** All of them, the oldest first, with those that were revoked. */
  list(): Promise<readonly ApiKey[]>;
  /** Ends a key for good, audited as `api_key_revoked`; false when there is none of this id, or it was over before. */
  revoke(keyId: string): Promise<boolean>;
}
