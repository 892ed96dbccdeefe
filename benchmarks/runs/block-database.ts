import pg from "pg";

/** Does a piece of work on a new, empty database of the server of BENCH_DATABASE_URL, which is dropped then. */
export async function withBlockDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = process.env["BENCH_DATABASE_URL"] ?? "";
  const name = `bench_${crypto.randomUUID().replaceAll("-", "")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await administer(server, `CREATE DATABASE ${name}`);
  try {
    return await work(url.href);
  } finally {
    await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
