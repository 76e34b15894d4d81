const storageKey = "antwire.name";
const maxLength = 20;

const adjectives = [
  "Amber",
  "Brave",
  "Busy",
  "Clever",
  "Coral",
  "Dusty",
  "Golden",
  "Honey",
  "Jolly",
  "Lucky",
  "Merry",
  "Mossy",
  "Nimble",
  "Peppery",
  "Quick",
  "Rusty",
  "Sunny",
  "Velvet",
  "Wandering",
  "Wild",
];

/** The name the player had here last, or one that is made up. */
export function recallName(): string {
  const stored = readStored();
  if (stored !== undefined) return stored;
  const name = inventName();
  rememberName(name);
  return name;
}

/** A name such as "Amber Ant 42". */
export function inventName(): string {
  const adjective = adjectives[Math.floor(Math.random() * adjectives.length)] ?? "Amber";
  return `${adjective} Ant ${10 + Math.floor(Math.random() * 90)}`;
}

/** Keeps a name for the next visit. */
export function rememberName(name: string): void {
  try {
    localStorage.setItem(storageKey, name);
  } catch {
    // Some browsers refuse to store anything; then the name is made up anew each time.
  }
}

function readStored(): string | undefined {
  try {
    const name = localStorage.getItem(storageKey)?.trim().slice(0, maxLength);
    return name === "" ? undefined : name;
  } catch {
    // As above.
    return undefined;
  }
}
