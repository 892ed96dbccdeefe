import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserServer, LaunchOptions } from "playwright-core";

/** A Chromium that several test files share by its address. */
export async function launchBrowserServer(): Promise<BrowserServer> {
  return chromium.launchServer(await launchOptions());
}

/** A Chromium for one program. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions());
}

async function launchOptions(): Promise<LaunchOptions> {
  return {
    executablePath: await findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  };
}

/** The machine's own Chromium, else the one that comes inside an npm package: neither needs a download. */
async function findChromium(): Promise<string> {
  const own = [process.env["CHROMIUM_PATH"] ?? "", "/usr/bin/chromium", "/usr/bin/google-chrome"];
  const found = own.find((path) => path !== "" && existsSync(path));
  if (found !== undefined) return found;
  // Read while the package loads: it then unpacks the libraries that a bare Linux lacks.
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}
