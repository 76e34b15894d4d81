/** What all calls of one tree share. Its id is made when somebody looks at it. */
export class Trace {
  #id: string | undefined;

  /** @param id of a trace that began elsewhere */
  constructor(id: string | undefined) {
    this.#id = id;
  }

  /** 32 hexadecimal digits. */
  get id(): string {
    this.#id ??= randomId();
    return this.#id;
  }
}

function randomId(): string {
  let digits = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) digits += byte.toString(16).padStart(2, "0");
  return digits;
}
