/** For people, for programs, or for annotations on GitHub. */
export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];
