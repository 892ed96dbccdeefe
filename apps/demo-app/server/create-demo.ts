import { createService, type ServiceOptions } from "@onceflow/cli/serve";
import type { Client, User } from "@onceflow/step-runtime";
import { sampleClients, sampleUsers } from "@onceflow/step-runtime/memory";
import type { SessionGrant } from "@onceflow/server";
import { addInboxPage } from "./add-inbox-page.ts";
import { addPages } from "./add-pages.ts";
import { addSignInRoutes } from "./add-sign-in-routes.ts";
import { demoScopes } from "./demo-scopes.ts";
import { importComponents } from "./import-components.ts";
import { startMailCatcher } from "./mail-catcher.ts";

/** How a demo is started; tests hand in users and a database. */
export interface DemoOptions extends Omit<ServiceOptions, "host" | "mail" | "makesKeyFile" | "startCommand"> {
  /** @default true */
  readonly testMode?: boolean;
  /** A mail server instead of the one that shows what it caught. */
  readonly smtpUrl?: string | undefined;
  /** @default "Onceflow demo <codes@example.test>" */
  readonly mailFrom?: string | undefined;
  readonly users?: readonly User[];
  readonly clients?: readonly Client[];
}

/** A demo that runs. */
export interface Demo {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where `/inbox` shows the mails; false when they go to a mail server. */
  readonly catchesMail: boolean;
  /** Ends every run and connection, and the embedded database. */
  close(): Promise<void>;
}

/**
 * Puts the demo together and opens its port: the service of `onceflow serve` with sample users and components, pages,
 * a sign-in without passwords, a mail server that shows what it caught, and keys that it makes itself.
 *
 * @throws TestModeRefusedError, PortInUseError, DataFolderInUseError, DatabaseUnavailableError, KeyFileError
 */
export async function createDemo(options: DemoOptions = {}): Promise<Demo> {
  const { smtpUrl, mailFrom = "Onceflow demo <codes@example.test>", testMode = true } = options;
  const { users: givenUsers = sampleUsers, clients: givenClients = sampleClients, ...others } = options;
  const catcher = smtpUrl === undefined ? await startMailCatcher() : null;
  const service = await createService({
    ...others,
    testMode,
    mail: { url: smtpUrl ?? catcher?.url ?? "", from: mailFrom },
    makesKeyFile: true,
    startCommand: (port) => `PORT=${port} npm start`,
    async host({ users, clients, components }) {
      // One by one: others may have been added before the first start, see `onceflow client add`.
      for (const client of givenClients) {
        if ((await clients.get(client.id)) === null) await clients.put(client);
      }
      for (const user of givenUsers) {
        if ((await users.find(user.userName)) === null) await users.put(user);
      }
      await importComponents(new URL("../components/", import.meta.url), { components });
      const visitor: SessionGrant = {
        clientId: "digital-workplace",
        userId: (await users.find("demo"))?.id ?? null,
        scopes: demoScopes,
      };
      return {
        visitor,
        addRoutes(app, { sessions }) {
          addSignInRoutes(app, { sessions, users, clients, testMode });
          if (catcher !== null) addInboxPage(app, catcher);
          addPages(app, { dist: new URL("../dist/", import.meta.url), sessions, visitor });
        },
      };
    },
  }).catch(async (error: unknown) => {
    await catcher?.close();
    throw error;
  });
  return {
    url: service.url,
    catchesMail: catcher !== null,
    async close() {
      await service.close();
      await catcher?.close();
    },
  };
}
