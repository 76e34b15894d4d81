// Loaded before a program that is measured: tells what the process took, when it is asked and as it ends.
import { writeSync } from "node:fs";

const channel = 3;

function tell() {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  writeSync(channel, `${JSON.stringify({ cpu: user + system, memory: maxRSS / 1024 })}\n`);
}

process.on("SIGUSR2", tell);
process.on("exit", tell);
