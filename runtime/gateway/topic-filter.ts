/**
 * The levels of a filter that a client may subscribe to: one that begins with `on/`, `json/on/` or `re/`,
 * or `#`, which means `on/#`. Undefined for all others.
 */
export function readFilter(filter: string): readonly string[] | undefined {
  const levels = filter === "#" ? ["on", "#"] : filter.split("/");
  const isOpen =
    ((levels[0] === "on" || levels[0] === "re") && levels.length > 1) ||
    (levels[0] === "json" && levels[1] === "on" && levels.length > 2);
  return isOpen && levels.every(isWellFormed) ? levels : undefined;
}

// [MQTT-4.7.1-2] [MQTT-4.7.1-3] A wildcard stands alone in its level, and `#` in the last one.
function isWellFormed(level: string, index: number, levels: readonly string[]): boolean {
  if (level === "#") return index === levels.length - 1;
  return level === "+" || !(level.includes("+") || level.includes("#"));
}

/** Tells whether a filter covers a topic. `#` covers its parent too: `on/Chat/said/#` covers `on/Chat/said`. */
export function covers(filter: readonly string[], topic: readonly string[]): boolean {
  for (const [index, level] of filter.entries()) {
    if (level === "#") return true;
    if (index >= topic.length || (level !== "+" && level !== topic[index])) return false;
  }
  return filter.length === topic.length;
}
