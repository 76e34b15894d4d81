/** A place in an IDL file. Lines and columns count from 1; `length` is how much of the line is meant. */
export interface Location {
  /** The path as shown to people, relative to where the command runs. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}
