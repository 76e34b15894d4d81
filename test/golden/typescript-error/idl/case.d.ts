import type { Session } from "antwire/idl";
import type { Missing } from "./missing.js";

export interface Broken {
  say(session: Session, text: Strin, missing: Missing): Promise<void>;
}
