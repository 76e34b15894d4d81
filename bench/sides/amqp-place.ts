/** Where two processes meet. */
export interface AmqpPlace {
  readonly url: string;
  /** Begins the names on the broker, which may be somebody's. */
  readonly application: string;
}
