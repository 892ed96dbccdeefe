/** Who runs a dataflow: what a code is bound to comes from here, never from the model. */
export interface Caller {
  readonly clientId: string;
  readonly userId: string | null;
  /** Opaque, at most 128 characters. */
  readonly sessionId: string;
  /** The network of the current request (IPv4 /32, IPv6 /64). */
  readonly ipClass: string | null;
}
