/** A session that wants its user for itself, as the gateways tell each other. */
export interface UserClaim {
  readonly userId: string;
  readonly session: string;
  /** Whether it has the user already, and tells so to one that wants the same. */
  readonly isSettled: boolean;
}
