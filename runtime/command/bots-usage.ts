import type { Usage } from "./usage.js";

export const botsUsage: Usage = {
  synopsis: "bots <scenario>",
  summary: "Lets bots play against a running game, and says how long its answers took.",
  details:
    "The scenario is a file whose default export defineScenario of antwire/bots made. The report goes to the\n" +
    "standard output, the state of things to the standard error stream; Ctrl-C ends the run with its report.\n" +
    "The exit code is 1 where there were more errors than allowed.",
  flags: {
    url: { value: "url", about: "Where the gateway listens (default: mqtt://127.0.0.1:1883)" },
    bots: { value: "n", about: "How many play (default: 100)" },
    threads: { value: "n", about: "Worker threads that they are spread over (default: 1)" },
    ramp: { value: "seconds", about: "Time in which they come (default: 1 for every 200 bots)" },
    duration: { value: "seconds", about: "Time from the first bot to the end (default: 30)" },
    rate: { value: "n", about: "Rounds that begin in a second, over all bots (default: what they manage)" },
    "max-errors": { value: "n", about: "Errors that are allowed (default: 0)" },
    json: { about: "Print the report as JSON" },
  },
  examples: [
    "antwire bots demo/load.ts",
    "antwire bots demo/load.ts --bots 3000 --threads 2 --duration 120",
    "antwire bots demo/load.ts --url wss://play.example.com/mqtt --rate 500 --json",
  ],
};
