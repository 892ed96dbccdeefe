import { type User, type UserDirectory, userKey } from "@onceflow/step-runtime";
import { sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";
import { searchableText } from "./searchable-text.ts";

/** Another user has the name already. */
class UserNameTakenError extends Error {
  override readonly name = "UserNameTakenError";
  readonly code = "user-name-taken";
}

/** Users. */
export function createPostgresUsers({ db }: Pick<Database, "db">, { tenant }: { tenant: string }): UserDirectory {
  const users = db.selectFrom("onceflow.users").selectAll().where("tenant", "=", tenant);
  return {
    // One statement, whether there is such a user or not.
    find: (nameOrId) =>
      storeCall(async () => {
        const exact = searchableText(nameOrId);
        const key = userKey(exact);
        const wanted = key === null ? null : exact;
        const row = await users
          .where(sql<boolean>`(id = ${wanted} OR id_key = ${key} OR name_key = ${key})`)
          .orderBy(sql`coalesce(id = ${wanted}, false)`, "desc")
          .orderBy(sql`coalesce(id_key = ${key}, false)`, "desc")
          .orderBy("added")
          .limit(1)
          .executeTakeFirst();
        return row === undefined ? null : toUser(row);
      }),
    list: () => storeCall(async () => (await users.orderBy("added").execute()).map(toUser)),
    put: (user) =>
      storeCall(() =>
        db.transaction().execute(async (transaction) => {
          const values = {
            id_key: userKey(user.id),
            user_name: user.userName,
            name_key: userKey(user.userName) ?? user.userName,
            email: user.email,
            first_name: user.firstName,
            last_name: user.lastName,
            locale: user.locale,
            enabled: user.enabled,
            test: user.test,
          };
          await transaction
            .insertInto("onceflow.users")
            .values({ tenant, id: user.id, ...values })
            .onConflict((conflict) => conflict.columns(["tenant", "id"]).doUpdateSet(values))
            .execute()
            .catch((error: unknown) => {
              if (error instanceof Error && "constraint" in error && error.constraint === "users_name_key") {
                throw new UserNameTakenError("Another user has this name. Choose another one.", { cause: error });
              }
              throw error;
            });
          await transaction
            .insertInto("onceflow.audit_events")
            .values({ tenant, at_ms: sql<number>`otp.now()`, event: "user_put", user_id: user.id, details: {} })
            .execute();
        }),
      ),
  };
}

interface UserRow {
  readonly id: string;
  readonly user_name: string;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly locale: string | null;
  readonly enabled: boolean;
  readonly test: boolean;
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    userName: row.user_name,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    locale: row.locale,
    enabled: row.enabled,
    test: row.test,
  };
}
