import type { Scope } from "@onceflow/step-runtime";
import type { GeneratedAlways } from "kysely";

/** The tables that are read and written by queries; codes and the outbox have functions of their own. */
export interface Tables {
  readonly "onceflow.components": {
    readonly tenant: string;
    readonly id: string;
    readonly version: number;
    readonly stored_at: string | number;
    readonly document: string;
  };
  readonly "onceflow.published_components": {
    readonly tenant: string;
    readonly id: string;
    readonly version: number;
    readonly published_at: string | number;
  };
  readonly "onceflow.users": {
    readonly tenant: string;
    readonly id: string;
    readonly id_key: string | null;
    readonly user_name: string;
    readonly name_key: string;
    readonly email: string | null;
    readonly first_name: string | null;
    readonly last_name: string | null;
    readonly locale: string | null;
    readonly enabled: boolean;
    readonly test: boolean;
    readonly added: GeneratedAlways<number>;
  };
  readonly "onceflow.clients": {
    readonly tenant: string;
    readonly id: string;
    readonly name: string;
    readonly test: boolean;
    readonly added: GeneratedAlways<number>;
  };
  readonly "onceflow.api_keys": {
    readonly tenant: string;
    readonly key_id: string;
    readonly client_id: string;
    readonly scopes: readonly Scope[];
    readonly hash: Uint8Array;
    readonly created_at: string | number;
    readonly revoked_at: string | number | null;
    readonly added: GeneratedAlways<number>;
  };
  readonly "onceflow.audit_events": {
    readonly seq: GeneratedAlways<string>;
    readonly tenant: string;
    readonly at_ms: string | number;
    readonly event: string;
    readonly user_id: string | null;
    readonly client_id: string | null;
    readonly purpose: string | null;
    readonly run_id: string | null;
    readonly step_id: string | null;
    readonly challenge_id: string | null;
    readonly ip_class: string | null;
    readonly details: unknown;
  };
}
