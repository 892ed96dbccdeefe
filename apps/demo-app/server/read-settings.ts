import type { DemoOptions } from "./create-demo.ts";

/** A setting of the environment that cannot be used. */
class InvalidSettingError extends Error {
  override readonly name = "InvalidSettingError";
  readonly code = "invalid-setting";
}

/**
 * The demo's settings out of environment variables: PORT, PUBLIC_URL, NODE_ENV.
 *
 * @throws InvalidSettingError
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): DemoOptions {
  const port = environment["PORT"] ?? "4310";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new InvalidSettingError(`PORT is "${port}". Give a number from 0 to 65535; 0 takes any free port.`);
  }
  const publicUrl = environment["PUBLIC_URL"];
  if (publicUrl !== undefined && !isWebAddress(publicUrl)) {
    throw new InvalidSettingError(
      `PUBLIC_URL is "${publicUrl}". Give a whole address with http:// or https://, such as http://codes.test:4310.`,
    );
  }
  return { port: Number(port), publicUrl, nodeEnv: environment["NODE_ENV"] };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
