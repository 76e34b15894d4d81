// Usage: node summary.mjs <report of vitest> <exit code of the check> <exit code of the tests>
import { readFileSync } from "node:fs";

const [report = "", checked, tested] = process.argv.slice(2);
const text = readFileSync(report, "utf8");
const {
  numPassedTests = 0,
  numFailedTests = 0,
  numTotalTests = 0,
  testResults = [],
} = text === "" ? {} : JSON.parse(text);

let failed = numFailedTests;
// A file that does not even load has no tests to count.
failed += testResults.filter(
  (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
).length;
if (tested !== "0" && failed === 0) {
  console.log(`npm test ended with exit code ${tested}`);
  failed++;
}
if (checked !== "0") {
  console.log(`npm run check ended with exit code ${checked}`);
  failed++;
}
if (numTotalTests === 0) console.log("No test ran");

const skipped = numTotalTests - numPassedTests - numFailedTests;
console.log(`${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || numTotalTests === 0 ? 1 : 0;
