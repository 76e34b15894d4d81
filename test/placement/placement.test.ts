import { describe, expect, test } from "vitest";
import type { Config, ModuleSource } from "../../runtime/config/config.js";
import { describePlacement } from "../../runtime/placement/describe-placement.js";
import { planPlacement, planProcesses } from "../../runtime/placement/plan-placement.js";

const source: ModuleSource = () => Promise.reject(new Error("nobody loads it here"));
const modules = { login: source, chat: source, arena: source, ranking: source };
const amqp = { url: "amqp://broker" };

const spread: Config = {
  modules,
  amqp,
  processes: {
    edge: { gateway: true, modules: ["login"] },
    world: { threads: [{ modules: ["arena"], instances: 2 }, { modules: ["chat", "ranking"] }] },
  },
};

describe("a plan", () => {
  test("has everything on one thread when no process is named, whatever processes there are", () => {
    const { process } = planPlacement(spread, {});
    expect(process.threads).toEqual([{ name: "main", modules: Object.keys(modules), hasGateway: true }]);
    expect(process.usesBroker).toBe(false);
  });

  test("follows the config for a process that is named", () => {
    const { process } = planPlacement(spread, { process: "world" });
    expect(process).toEqual({
      name: "world",
      threads: [
        { name: "main", modules: [], hasGateway: false },
        { name: "1", modules: ["arena"], hasGateway: false },
        { name: "2", modules: ["arena"], hasGateway: false },
        { name: "3", modules: ["chat", "ranking"], hasGateway: false },
      ],
      usesBroker: true,
    });
  });

  test("spreads modules over the threads that the command line asks for, and leaves the gateway where it is", () => {
    const { process } = planPlacement({ modules }, { threads: 3 });
    expect(process.threads).toEqual([
      { name: "main", modules: [], hasGateway: true },
      { name: "1", modules: ["login", "ranking"], hasGateway: false },
      { name: "2", modules: ["chat"], hasGateway: false },
      { name: "3", modules: ["arena"], hasGateway: false },
    ]);
  });

  test("takes back the threads of the config where the command line says 0", () => {
    const { process } = planPlacement(spread, { process: "world", threads: 0 });
    expect(process.threads).toEqual([
      { name: "main", modules: ["arena", "chat", "ranking"], hasGateway: false },
    ]);
  });

  test("has no more threads than modules", () => {
    expect(planPlacement({ modules }, { threads: 64 }).process.threads).toHaveLength(5);
  });
});

describe("a placement is refused that", () => {
  const refused: [string, Partial<Config>, string][] = [
    [
      "leaves a module out",
      { processes: { edge: { gateway: true, modules: ["login", "chat", "arena"] } } },
      "No process runs the module ranking: add it to one of edge",
    ],
    [
      "names a module that the config does not have",
      { processes: { all: { modules: ["login", "chat", "arena", "ranking", "shop"] } } },
      'The process all runs a module "shop", which is not in the config\'s `modules`',
    ],
    [
      "lists a module twice on one thread",
      { processes: { all: { modules: ["login", "chat", "arena", "ranking", "chat"] } } },
      "The module chat is listed twice in the process all; for more than one instance write `instances`",
    ],
    [
      "lists a module on two threads",
      {
        processes: {
          all: { modules: ["login", "chat", "arena", "ranking"], threads: [{ modules: ["chat"] }] },
        },
      },
      "The module chat is listed twice in the process all; for more than one instance write `instances`",
    ],
    [
      "has two gateways in one process",
      {
        processes: {
          all: {
            gateway: true,
            threads: [{ modules: ["login", "chat", "arena", "ranking"], gateway: true }],
          },
        },
      },
      "The process all has more than one gateway; the threads of one process cannot share a port",
    ],
    [
      "has two processes and no broker",
      { processes: { edge: { gateway: true }, all: { modules: ["login", "chat", "arena", "ranking"] } } },
      "The config has more than one process, but no `amqp` by which they could reach each other",
    ],
    [
      "has a process that meets no others and does not run everything",
      {
        amqp,
        processes: {
          edge: { gateway: true, amqp: false },
          all: { modules: ["login", "chat", "arena", "ranking"] },
        },
      },
      "The process edge cannot do with `amqp: false`: it does not run login",
    ],
    [
      "has a process with a name that is none",
      { processes: { "Edge 1": { gateway: true, modules: ["login", "chat", "arena", "ranking"] } } },
      'The process "Edge 1" needs another name: small letters, digits and hyphens, a letter first, 32 at most',
    ],
    [
      "has half an instance",
      {
        processes: { all: { threads: [{ modules: ["login", "chat", "arena", "ranking"], instances: 0.5 }] } },
      },
      "`instances` of a thread of all must be a whole number from 1, not 0.5",
    ],
  ];

  test.each(refused)("%s", (_what, config, message) => {
    const [process] = Object.keys(config.processes ?? {});
    expect(() => planPlacement({ modules, ...config }, { process })).toThrow(message);
  });

  test("has no process of the name that was asked for", () => {
    expect(() => planPlacement(spread, { process: "wrold" })).toThrow(
      "There is no process wrold; the config has edge, world",
    );
    expect(() => planPlacement({ modules }, { process: "world" })).toThrow(
      "There is no process world: the config has no `processes`",
    );
  });
});

test("a description says where everything runs and which transport each pair uses", () => {
  expect(describePlacement(planProcesses(spread))).toBe(`\
process/thread  runs
edge/main       the gateway, login
world/1         arena
world/2         arena
world/3         chat, ranking

calls from, to  login   arena   chat    ranking
edge/main       direct  amqp    amqp    amqp
world/1         amqp    direct  thread  thread
world/2         amqp    direct  thread  thread
world/3         amqp    thread  direct  direct`);
});
