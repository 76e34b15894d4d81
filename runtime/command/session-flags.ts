import type { SessionOptions } from "./json-session.js";
import type { Words } from "./read-words.js";

/** What commands take that talk to a running game. */
export const sessionFlags = {
  url: { value: "url", about: "Where the game is (default: mqtt://127.0.0.1:1883)" },
  user: { value: "name", about: "The user name to connect with (default: none, as a guest)" },
  password: { value: "text", about: "The password or token to connect with" },
  generated: { value: "dir", about: "The folder that codegen writes (default: generated)" },
} as const;

/** What those flags say. */
export function readSession(words: Words): SessionOptions {
  return {
    url: words.text("url") ?? "mqtt://127.0.0.1:1883",
    user: words.text("user"),
    password: words.text("password"),
  };
}
