/** A session at its end. */
export interface EndedSession {
  id: string;
  userId?: string;
  groups: string[];
  /** What it carried, in MessagePack. */
  data?: Uint8Array;
}

/** A node with modules, as the gateways reach it. */
export interface AntwireNode {
  /**
   * Tells the modules that a session has ended.
   *
   * @param except the node, or the process, that has heard it already by a shorter way
   */
  sessionEnded(ended: EndedSession, except?: string): void;
}
