import type { Push, Session } from "antwire/idl";

export interface Line {
  at: Date;
  /** @was at */
  stillThere: Date;
  /** @was text */
  once: string;
  /** @was text */
  twice: string;
  /** @was words */
  never: string;
}

/** @was Note */
export interface Message {
  /** @was text */
  fine: string;
  /** @was two words */
  several: string;
  /** @was */
  none: string;
}

/** @was Line */
export interface Remark {
  text: string;
}

/** @was Report */
export interface Account {
  text: string;
}

export interface Chat {
  /** @was say */
  speak(
    session: Session,
    /** @was line */ fine: Line,
    /** @was text */ never?: Account,
  ): Promise<Remark>;
  /** @was shout */
  cry(session: Session): Promise<void>;
  /** @was said */
  readonly told: Push<Message>;
}

/** @was Chat */
export interface Talk {
  /** @was say */
  say(session: Session): Promise<void>;
}

/** @was Lobby */
export interface Hall {
  enter(session: Session): Promise<void>;
}
