import type { MaxLength, Pattern } from "antwire/idl";

export interface Texts {
  /** @pattern ^(a+)+$ */
  nested: string;
  /** @pattern ^(?:\w+\s?)*$ */
  words: string;
  /** @pattern ^\w*\d+$ */
  beside: string;
  /** @pattern \s+$ */
  anywhere: string;
  /** @pattern ^(\w+) \1$ */
  twice: string;
  branded: string & MaxLength<20> & Pattern<"^(?:a|ab|b)*$">;
  /** @pattern ^(?:[a-z0-9]+-)*[a-z0-9]+$ */
  slug: string;
  /** @pattern ^(?!.*--)\p{L}[\p{L}\d-]{2,19}$ */
  name: string;
  /** @pattern ^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$ */
  address: string;
  version: `v${number}.${number}-${string}`;
}

export interface Writer {
  write(texts: Texts): Promise<void>;
}
