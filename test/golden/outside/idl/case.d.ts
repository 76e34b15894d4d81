import type { Session } from "antwire/idl";
import type { Elsewhere } from "../elsewhere.js";

export interface Outside {
  get(session: Session): Promise<Elsewhere>;
}
