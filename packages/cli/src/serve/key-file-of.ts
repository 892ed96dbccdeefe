import { resolve } from "node:path";

/** Where the keys are: in the file that was named, else beside the data folder. */
export function keyFileOf({ keyFile, dataDir }: { keyFile: string | undefined; dataDir: string }): string {
  return resolve(keyFile ?? `${dataDir.replace(/[/\\]+$/, "")}.keys`);
}
