import { execFileSync } from "node:child_process";
import { provideTools } from "./tools.js";

/** Runs once before the tests of the whole game: finds or installs the programs they use, and builds the page. */
export default function setUp(): void {
  provideTools();
  execFileSync("npm", ["run", "--silent", "build:page"], { stdio: ["ignore", "inherit", "inherit"] });
}
