import type { uint16 } from "antwire/idl";

export interface Cage {
  number: uint16;
  size: Size;
}

export interface Size {
  width: number;
  depth: number;
}

export type Id = string & { readonly __brand: "Cage" };
