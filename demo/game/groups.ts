/** The room that everybody is in who entered. */
export const lobby = "lobby";

/** The group that hears what is said in a room. */
export function groupOfRoom(room: string): string {
  return `room/${room}`;
}

/** The group that sees the ants move. */
export const arenaGroup = "arena";
