import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

// 192 bits: nobody guesses them, so a plain hash protects them well enough.
const secretBytes = 24;

/** What a client comes back to its session with. Only its hash is kept, and it opens once. */
export class SessionSecret {
  #hash: Buffer | undefined = undefined;
  #isOver = false;

  /** Whether a client could come back. */
  get isSet(): boolean {
    return this.#hash !== undefined;
  }

  /** Makes a new one, in place of the one before. */
  issue(): string {
    const secret = randomBytes(secretBytes).toString("base64url");
    // A call for one may be answered after the DISCONNECT that came behind it.
    if (!this.#isOver) this.#hash = hashOf(secret);
    return secret;
  }

  /** Tells whether this is the secret, which is void then. */
  redeem(secret: string): boolean {
    if (this.#hash === undefined || !timingSafeEqual(this.#hash, hashOf(secret))) return false;
    this.#hash = undefined;
    return true;
  }

  /** Makes it void, and all that are issued from now on. */
  forget(): void {
    this.#isOver = true;
    this.#hash = undefined;
  }
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
