import { existsSync, readdirSync, statSync } from "node:fs";

/** What keeps a new game from being written into a folder, in words; undefined where nothing does. */
export function findObstacle(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory()) return "is a file; init makes a folder";
  const [first] = readdirSync(folder).filter((entry) => entry !== ".git");
  return first && `is not empty: ${first} is in it. Name a new folder, or an empty one`;
}
