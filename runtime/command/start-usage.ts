import type { Usage } from "./usage.js";

/** What several commands take. */
export const configFlag = {
  value: "file",
  about: "File that names the modules (default: antwire.config.ts)",
  default: "antwire.config.ts",
} as const;

export const startUsage: Usage = {
  synopsis: "start [process]",
  summary: "Runs the application: all of it in one process, or the process of that name in the config.",
  details:
    "With --watch it also runs the script watch:page of package.json, where there is one: what builds the page,\n" +
    "and again after each edit.",
  flags: {
    threads: {
      value: "n",
      about: "Worker threads to spread the modules over, whatever the config says",
    },
    watch: { about: "Generate, check types and start again after each edit" },
    http: {
      value: "port",
      about: "Port of the page and of MQTT over WebSocket; 0 for any free one (default: 8080)",
    },
    mqtt: { value: "port", about: "Port of MQTT over TCP; 0 for any free one (default: 1883)" },
    host: { value: "address", about: "Address to listen on (default: 127.0.0.1)" },
    config: configFlag,
    log: { value: "format", about: "text or json, on the standard error stream (default: text)" },
  },
  examples: [
    "antwire start",
    "antwire start --watch",
    "antwire start --threads 3 --http 80 --host 0.0.0.0",
    "antwire start world --log json",
  ],
};
