const levels: Readonly<Record<number, string>> = {
  20: "debug",
  30: "info ",
  40: "warn ",
  50: "error",
  60: "fatal",
};

interface LogEntry {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly module?: string;
  readonly err?: unknown;
}

/** A line of pino's JSON as one for people: time, level, module, message, fields; below it the stack. */
export function formatLine(json: string): string {
  // It comes from pino itself, whose lines have these members.
  const { level, time, msg = "", module, err, ...fields }: LogEntry = JSON.parse(json);
  const words = [new Date(time).toTimeString().slice(0, 8), levels[level] ?? String(level)];
  if (module !== undefined) words.push(`[${module}]`);
  words.push(withoutControls(msg));
  for (const [name, value] of Object.entries(fields)) words.push(`${name}=${withoutControls(show(value))}`);
  return `${words.join(" ")}\n${stackOf(err)}`;
}

function show(value: unknown): string {
  return typeof value === "string" && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
}

function stackOf(err: unknown): string {
  if (err === undefined) return "";
  if (typeof err !== "object" || err === null) return indent(show(err));
  const stack = "stack" in err && typeof err.stack === "string" ? err.stack : show(err);
  const others: readonly unknown[] =
    "aggregateErrors" in err && Array.isArray(err.aggregateErrors) ? err.aggregateErrors : [];
  return indent(stack) + others.map(stackOf).join("");
}

function indent(text: string): string {
  const lines = text.split("\n").map((line) => `    ${withoutControls(line.trimEnd())}\n`);
  return lines.join("");
}

// What a client sent may stand in a message: it must neither begin a line nor move a terminal's cursor.
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
