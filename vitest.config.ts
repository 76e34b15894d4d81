import { defineConfig } from "vitest/config";

// What runs against the whole game: its server in a process of its own, Debian's programs, a browser.
const whole = ["test/{stock-clients,browser,readme}/**/*.test.ts"];

// What needs the packed package.
const packed = ["test/package/**/*.test.ts"];

// What needs a RabbitMQ.
const broker = ["test/{amqp,contract,deployments,faults}/**/*.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: [...whole, ...packed, ...broker],
          // Of two cores: a third of the time they wait for deadlines, watchers and reconnections.
          maxWorkers: 3,
          testTimeout: 20_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "broker",
          include: broker,
          globalSetup: "test/setup/rabbitmq-setup.ts",
          // After the parts and one file at a time: some stop the one broker, and all are about load.
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: whole,
          globalSetup: "test/setup/global-setup.ts",
          // After the parts: a browser that draws by software needs a core.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: packed,
          globalSetup: "test/package/pack-setup.ts",
          maxWorkers: 2,
          // Most of it is npm, TypeScript and a browser.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
