import type { Diagnostic } from "../model/diagnostic.js";
import type { Model } from "../model/model.js";

/** All sessions carry data of one type. */
export function checkSessionData({ types }: Model): Diagnostic[] {
  const [first, ...others] = types.filter(({ sessionData }) => sessionData);
  if (first === undefined) return [];
  return others.map(({ name, at }) => ({
    code: "IDL1305",
    at,
    message: `${name} extends SessionData, and so does ${first.name} at ${first.at.file}:${first.at.line}`,
    path: "",
    hint: "put all that sessions carry into one interface, and let that alone extend SessionData",
  }));
}
