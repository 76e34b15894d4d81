import type { TypeDeclaration } from "../model/declaration.js";
import type { FileContext } from "./file-context.js";
import { typeText } from "./type-text.js";
import type { SessionView } from "./views.js";

/** The types of sessions that carry what the IDL says. */
export function viewSession(data: TypeDeclaration, file: FileContext): SessionView {
  const { imports, door } = file;
  imports.type("Session as SessionOf", door);
  imports.type("UserSession as UserSessionOf", door);
  const type = typeText({ kind: "ref", name: data.name }, file);
  return { ...file.view(`idl/${data.file}.d.ts`), data: type };
}
