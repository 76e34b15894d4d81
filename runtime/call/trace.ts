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

// Random bytes for many ids at once: asking for them costs more than a call between threads.
const random = new Uint8Array(4096);
const bytesOfId = 16;
let taken = random.length;

const digitCodes = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const codes: number[] = new Array<number>(2 * bytesOfId).fill(0);

function randomId(): string {
  if (taken === random.length) {
    crypto.getRandomValues(random);
    taken = 0;
  }
  for (let i = 0; i < codes.length; taken++) {
    const byte = random[taken] ?? 0;
    codes[i++] = digitCodes[byte >> 4] ?? 0;
    codes[i++] = digitCodes[byte & 15] ?? 0;
  }
  // Not joined from parts: a string in parts is put together when it is sent, and that costs as much again.
  return String.fromCharCode(...codes);
}
