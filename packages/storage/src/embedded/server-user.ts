import { spawn } from "node:child_process";
import { userInfo } from "node:os";

/** Whom the server runs as when this process is root, as whom PostgreSQL refuses to run. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whose the cluster is that it runs on, else the system's user `postgres`, made when it is missing; null when this
 * process is not root and needs none.
 */
export async function serverUser(owner?: ServerUser): Promise<ServerUser | null> {
  if (userInfo().uid !== 0) return null;
  if (owner !== undefined && owner.uid !== 0) return owner;
  const known = await find();
  if (known !== null) return known;
  await output("groupadd", ["--system", "postgres"]);
  await output("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"]);
  const made = await find();
  if (made === null) {
    throw new Error(
      'PostgreSQL does not run as root, and the user "postgres" cannot be made. Start as another user, or set DATABASE_URL.',
    );
  }
  return made;
}

/** Runs a program as the server's user; whether it ended well. */
export async function runAs(user: ServerUser | null, command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...user, cwd: "/", stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function find(): Promise<ServerUser | null> {
  const [uid, gid] = await Promise.all([output("id", ["-u", "postgres"]), output("id", ["-g", "postgres"])]);
  return uid === null || gid === null ? null : { uid: Number(uid), gid: Number(gid) };
}

async function output(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += String(chunk)));
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code === 0 ? text.trim() : null));
  });
}
