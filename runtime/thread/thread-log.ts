/** What threads log with: the part of a module's logger that they need. */
export interface ThreadLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
