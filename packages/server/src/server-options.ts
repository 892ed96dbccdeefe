import type { BlockList } from "node:net";
import type {
  ApiKeys,
  AuditLog,
  Clients,
  Clock,
  ComponentStore,
  Engine,
  OneTimeCodeOperations,
  ProofSigner,
  Random,
  SecretBox,
  StepRegistry,
  Users,
} from "@onceflow/step-runtime";
import type { Context } from "hono";
import type { CallRates } from "./auth/limit-calls.ts";
import type { SessionGrant } from "./auth/session.ts";
import type { Sessions } from "./auth/sessions.ts";
import type { Log } from "./log/log.ts";
import type { Metrics } from "./metrics/create-metrics.ts";

/** What a server is handed: it imports no adapter. */
export interface ServerOptions {
  readonly engine: Engine;
  readonly components: ComponentStore;
  /** Says which callers have to wait, and lets users try again. */
  readonly codes: Pick<OneTimeCodeOperations, "callLimit" | "unlock">;
  readonly audit: AuditLog;
  readonly users: Users;
  readonly clients: Clients;
  /** What components are checked against before they are stored. */
  readonly steps: StepRegistry;
  readonly sessions: Sessions;
  /** Whose the API keys in `Authorization` are. */
  readonly apiKeys: Pick<ApiKeys, "find">;
  /** Seals run tokens; of a key that is used for nothing else. */
  readonly secretBox: SecretBox;
  /** Whose keys `/.well-known/jwks.json` lists: that of the engine. */
  readonly proofSigner: Pick<ProofSigner, "publicKeys">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where browsers reach the server, such as `https://codes.example.com`: hosts and origins other than these are refused. */
  readonly origins: readonly [string, ...string[]];
  /** Shown to pages; what it permits is decided where codes are issued. */
  readonly testMode: boolean;
  /** Who somebody without a session is. Null: nobody, the answer is 401. @default null */
  readonly visitor?: SessionGrant | null;
  /** The address at the other end, such as that of `getConnInfo(context)`. @default none, so that budgets and rates count no networks */
  readonly clientAddress?: (context: Context) => string | null;
  /** Proxies whose `X-Forwarded-For` is believed; whoever has another address cannot choose what it is counted as. @default none */
  readonly trustedProxies?: BlockList;
  /** Answered at `/metrics`, to whoever reaches the server. @default null, so that there is no such route */
  readonly metrics?: Metrics | null;
  /** How long execute waits for the end of a run. @default 30000 */
  readonly waitLimitMs?: number;
  /** How long a body may take to arrive. @default 10000 */
  readonly bodyTimeoutMs?: number;
  /** How often a quiet event stream says that it lives. @default 15000 */
  readonly heartbeatMs?: number;
  /** How many calls of the API are taken in a minute. @default 6000 from a network, 12000 with an API key */
  readonly callRates?: CallRates;
}
