import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { type Block, concurrency, forEachIndex } from "./block.ts";

/** The little of better-auth 1.7 that is used; it is installed beside the workspace, so its own types are not at hand. */
interface BetterAuth {
  readonly handler: (request: Request) => Promise<Response>;
  readonly api: {
    sendVerificationOTP(call: { body: { email: string; type: "email-verification" } }): Promise<unknown>;
    verifyEmailOTP(call: { body: { email: string; otp: string } }): Promise<{ readonly status: boolean }>;
  };
}

const origin = "http://127.0.0.1:1";

/**
 * better-auth's e-mailed codes with hashed storage: verify finds, consumes and compares, then marks the address. It keeps
 * no record of the attempt and no audit.
 *
 * @param options.limits true: the calls of each network are counted in the database, as ours are, with the limits of its
 * defaults; its handler does that, so it is asked by a Request, without a socket. false: nothing is counted
 */
export async function createBetterAuthVerify(url: string, { limits }: { limits: boolean }): Promise<Block> {
  const pool = new pg.Pool({ connectionString: url, max: concurrency });
  const codes = new Map<string, string>();
  const { betterAuth } = await peer<{ betterAuth: (options: object) => BetterAuth }>("better-auth");
  const { emailOTP } = await peer<{ emailOTP: (options: object) => object }>("better-auth/plugins");
  const { getMigrations } = await peer<{
    getMigrations: (options: object) => Promise<{ runMigrations: () => Promise<void> }>;
  }>("better-auth/db/migration");
  const options = {
    database: pool,
    secret: "a secret of the benchmark, 32 bytes long",
    baseURL: origin,
    telemetry: { enabled: false },
    rateLimit: { enabled: limits, storage: "database" },
    logger: { level: "error" },
    plugins: [
      emailOTP({
        storeOTP: "hashed",
        sendVerificationOTP: async ({ email, otp }: { email: string; otp: string }) => void codes.set(email, otp),
      }),
    ],
  };
  await (await getMigrations(options)).runMigrations();
  const { api, handler } = betterAuth(options);
  const emails: string[] = [];
  // Other processes call on the same database.
  const firstNetwork = Math.floor(Math.random() * 2 ** 24);
  return {
    async prepare(operations) {
      await forEachIndex(operations, async (index) => {
        const id = crypto.randomUUID();
        const email = `${id}@example.test`;
        await pool.query(
          `INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES ($1, $1, $2, false, now(), now())`,
          [id, email],
        );
        await api.sendVerificationOTP({ body: { email, type: "email-verification" } });
        emails[index] = email;
      });
    },
    async operate(index) {
      const email = emails[index] ?? "";
      const body = { email, otp: codes.get(email) ?? "" };
      const { status } = limits ? await verifyByRequest(index, body) : await api.verifyEmailOTP({ body });
      if (!status) throw new Error("The right code was refused.");
    },
    close: () => pool.end(),
  };

  /** Each from a network of its own. */
  async function verifyByRequest(index: number, body: object): Promise<{ readonly status: boolean }> {
    const network = (firstNetwork + index) % 2 ** 24;
    const address = `10.${network >> 16}.${(network >> 8) & 255}.${network & 255}`;
    const answer = await handler(
      new Request(`${origin}/api/auth/email-otp/verify-email`, {
        method: "POST",
        headers: { "content-type": "application/json", origin, "x-forwarded-for": address },
        body: JSON.stringify(body),
      }),
    );
    return (await answer.json()) as { readonly status: boolean };
  }
}

async function peer<T>(name: string): Promise<T> {
  const peers = createRequire(join(import.meta.dirname, "../peers/package.json"));
  return (await import(pathToFileURL(peers.resolve(name)).href)) as T;
}
