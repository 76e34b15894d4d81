/** What a client names when it publishes to `rpc/<Module>/<method>` or `rpc/<Module>/<method>/<id>`. */
export interface CallTopic {
  /** `<Module>/<method>`. */
  readonly route: string;
  /** The client's name for the call, not checked yet; undefined for a one-way call. */
  readonly id: string | undefined;
}

const callPrefix = "rpc/";
const cancelPrefix = "cancel/";
const pausePrefix = "pause/";
const resumePrefix = "resume/";
const replyPrefix = "re/";

/** Where a call goes; one without an id is one-way. */
export function callTopic(route: string, id?: string): string {
  return id === undefined ? callPrefix + route : `${callPrefix}${route}/${id}`;
}

/** Where the wish goes to end a call. */
export function cancelTopic(id: string): string {
  return cancelPrefix + id;
}

/** Where the wish goes to hold a stream: its reader has enough for now. */
export function pauseTopic(id: string): string {
  return pausePrefix + id;
}

/** Where the wish goes to let a stream flow again. */
export function resumeTopic(id: string): string {
  return resumePrefix + id;
}

/** Reads `rpc/…`; undefined for any other topic. */
export function readCallTopic(topic: string): CallTopic | undefined {
  if (!topic.startsWith(callPrefix)) return undefined;
  const method = topic.indexOf("/", callPrefix.length);
  if (method === -1) return undefined;
  const id = topic.indexOf("/", method + 1);
  if (id === -1) return { route: topic.slice(callPrefix.length), id: undefined };
  if (topic.includes("/", id + 1)) return undefined;
  return { route: topic.slice(callPrefix.length, id), id: topic.slice(id + 1) };
}

/** The id in `cancel/<id>`; undefined for any other topic. */
export function readCancelTopic(topic: string): string | undefined {
  return topic.startsWith(cancelPrefix) ? topic.slice(cancelPrefix.length) : undefined;
}

/** The id in `pause/<id>`; undefined for any other topic. */
export function readPauseTopic(topic: string): string | undefined {
  return topic.startsWith(pausePrefix) ? topic.slice(pausePrefix.length) : undefined;
}

/** The id in `resume/<id>`; undefined for any other topic. */
export function readResumeTopic(topic: string): string | undefined {
  return topic.startsWith(resumePrefix) ? topic.slice(resumePrefix.length) : undefined;
}

/** Tells whether a call may go by this id: 1 to 32 of `[A-Za-z0-9_-]`. */
export function isCallId(id: string): boolean {
  if (id.length === 0 || id.length > 32) return false;
  for (let i = 0; i < id.length; i++) {
    if (!isIdUnit(id.charCodeAt(i))) return false;
  }
  return true;
}

function isIdUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) || // a-z
    (unit >= 0x30 && unit <= 0x39) || // 0-9
    (unit >= 0x41 && unit <= 0x5a) || // A-Z
    unit === 0x5f ||
    unit === 0x2d
  );
}

/** Where the reply to a call goes. */
export function replyTopic(id: string): string {
  return replyPrefix + id;
}

/** The id in `re/<id>`; undefined for any other topic. */
export function readReplyTopic(topic: string): string | undefined {
  return topic.startsWith(replyPrefix) ? topic.slice(replyPrefix.length) : undefined;
}

/** Where a push goes in MessagePack. */
export function pushTopic(route: string): string {
  return `on/${route}`;
}

/** Where a push goes in JSON. */
export function jsonPushTopic(route: string): string {
  return `json/on/${route}`;
}
