import { describeUsers } from "../testing/describe-users.ts";
import { createMemoryUsers } from "./memory-users.ts";

describeUsers("memory", async (users) => createMemoryUsers(users));
