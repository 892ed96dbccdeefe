/** Who the page is shown to, and by whom. */
export interface PageSession {
  /** Null: nobody is signed in. */
  readonly userName: string | null;
  readonly clientName: string;
  /** The page says so in a strip that cannot be closed. */
  readonly testMode: boolean;
}
