/** Test mode was asked for where codes must not be shown. */
export class TestModeRefusedError extends Error {
  override readonly name = "TestModeRefusedError";
  readonly code = "test-mode-refused";
}

/**
 * The two gates of test mode that the process itself decides, at its start: it was asked for, and it is safe here.
 * The other two, a test client and a test user, are decided where each code is issued.
 *
 * @param options.requested from how the process was started; nothing at run time can change it
 * @param options.publicUrl where browsers reach the server
 * @param options.nodeEnv the environment variable NODE_ENV
 * @throws TestModeRefusedError when test mode was requested for a server that others may reach
 */
export function checkTestMode({
  requested,
  publicUrl,
  nodeEnv,
}: {
  requested: boolean;
  publicUrl: string;
  nodeEnv: string | undefined;
}): boolean {
  if (!requested) return false;
  if (nodeEnv?.trim().toLowerCase() === "production") {
    throw new TestModeRefusedError(
      "Test mode shows one-time codes, so it does not start with NODE_ENV=production. Unset NODE_ENV.",
    );
  }
  const { protocol, hostname: host } = new URL(publicUrl);
  // URL normalises the host of these two only.
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TestModeRefusedError(
      `Test mode shows one-time codes, so it does not start at an address of ${protocol}//. Use http:// or https://.`,
    );
  }
  if (!isLocal(host)) {
    throw new TestModeRefusedError(
      `Test mode shows one-time codes, so it does not start at ${host}. Use a loopback address, or a name that ends in .test or .localhost.`,
    );
  }
  return true;
}

function isLocal(host: string): boolean {
  // URL has normalised the host: lower-case, and IPv4 in four decimal parts.
  return (
    host === "localhost" ||
    host === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    host.endsWith(".test") ||
    host.endsWith(".localhost")
  );
}
