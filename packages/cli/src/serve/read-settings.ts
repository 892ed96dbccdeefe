import { resolve } from "node:path";
import type { ServiceOptions } from "./create-service.ts";
import { InvalidSettingError } from "./invalid-setting-error.ts";
import { parseTrustedProxies } from "./parse-trusted-proxies.ts";

/** What environment variables say about a service. */
export type Settings = Required<
  Pick<
    ServiceOptions,
    | "port"
    | "publicUrl"
    | "trustedProxies"
    | "nodeEnv"
    | "dataDir"
    | "databaseUrl"
    | "keyRing"
    | "keyFile"
    | "tenant"
    | "role"
  >
> & {
  /** The mail server. */
  readonly smtpUrl: string | undefined;
  /** The sender of mails. */
  readonly mailFrom: string | undefined;
};

/**
 * The settings of a service out of environment variables: PORT, PUBLIC_URL, TRUSTED_PROXIES, NODE_ENV, DATA_DIR,
 * DATABASE_URL, KEY_RING, KEY_FILE, SMTP_URL, MAIL_FROM, ONCEFLOW_TENANT, ROLE.
 *
 * @throws InvalidSettingError
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // A variable that is set to nothing counts as not set.
  const text = (name: string) => environment[name] || undefined;
  const port = text("PORT") ?? "4310";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new InvalidSettingError(`PORT is "${port}". Give a number from 0 to 65535; 0 takes any free port.`);
  }
  const publicUrl = text("PUBLIC_URL");
  if (publicUrl !== undefined) checkPublicUrl(publicUrl);
  const role = text("ROLE") ?? "all";
  if (role !== "web" && role !== "worker" && role !== "all") {
    throw new InvalidSettingError(
      `ROLE is "${role}". Give web (answers requests), worker (drives runs and sends mails) or all (both).`,
    );
  }
  if (role !== "all" && text("DATABASE_URL") === undefined) {
    throw new InvalidSettingError(
      `ROLE is "${role}" without DATABASE_URL. Several processes share a database: name it, or leave out ROLE.`,
    );
  }
  return {
    port: Number(port),
    publicUrl,
    trustedProxies: parseTrustedProxies(text("TRUSTED_PROXIES")),
    nodeEnv: text("NODE_ENV"),
    // Seen from where the command was typed: package managers move into the folder of the package.
    dataDir: resolve(text("INIT_CWD") ?? ".", text("DATA_DIR") ?? "data"),
    databaseUrl: text("DATABASE_URL"),
    keyRing: text("KEY_RING"),
    keyFile: text("KEY_FILE"),
    smtpUrl: text("SMTP_URL"),
    mailFrom: text("MAIL_FROM"),
    tenant: text("ONCEFLOW_TENANT"),
    role,
  };
}

/** Repeats nothing but the origin: there may be a password in the rest. */
function checkPublicUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new InvalidSettingError(
      "PUBLIC_URL is no whole address. Give one with http:// or https://, such as http://codes.test:4310.",
    );
  }
  if (url.href !== `${url.origin}/`) {
    throw new InvalidSettingError(
      `PUBLIC_URL has more than scheme, host and port, and nothing else of it would count. Give it without path, query, user and password: ${url.origin}.`,
    );
  }
}
