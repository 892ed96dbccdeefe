/** A person codes are issued for. */
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** BCP 47, such as `en` or `fr`. */
  readonly locale: string | null;
  readonly enabled: boolean;
  /** On the test list: one of the gates of test mode. */
  readonly test: boolean;
}

/** Where users are looked up. */
export interface Users {
  /** The user with exactly this ID, else with this ID, else with this name in another spelling (`userKey`); null when there is none. */
  find(nameOrId: string): Promise<User | null>;
  list(): Promise<readonly User[]>;
}

/** Where users are kept. */
export interface UserDirectory extends Users {
  /**
   * Adds a user, or replaces the one with this ID.
   *
   * @throws an error with the code `user-name-taken` when another user has the name
   */
  put(user: User): Promise<void>;
}
