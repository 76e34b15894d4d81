import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientPush, Connection } from "../../runtime/client/link.js";
import type { RpcError } from "../../runtime/error/rpc-error.js";
import { enter, entered, leave } from "./methods.js";
import { ride, rides } from "./riding.js";
import { ScriptedBroker } from "./scripted-broker.js";

describe.each(rides)("over %s", (on) => {
  let broker: ScriptedBroker;
  let connection: Connection;
  let problems: RpcError[];

  beforeEach(async () => {
    broker = await ScriptedBroker.start();
    problems = [];
    connection = await ride(on, broker, { onProblem: (problem) => problems.push(problem) });
    broker.scripts.set("Lobby/leave", () => [0, null]);
  });

  afterEach(async () => {
    await connection.close();
    await broker.stop();
  });

  /** Waits until the server has taken what was sent before, and the client what the server sent. */
  function roundTrip(): Promise<void> {
    return connection.call(leave, ["hall"], undefined);
  }

  test("a listener hears each value", async () => {
    const heard: string[][] = [];
    connection.subscription(entered).on((names) => heard.push(names));
    await roundTrip();
    await broker.push("Lobby/entered", ["Ann"]);
    await broker.push("Lobby/entered", ["Bob"]);
    await broker.until(() => heard.length === 2);
    expect(heard).toEqual([["Ann"], ["Bob"]]);
    expect(broker.subscribed).toEqual(["on/Lobby/entered"]);
  });

  test("what is pushed because of a call made after `on` arrives", async () => {
    broker.scripts.set("Lobby/enter", async ([room]) => {
      await broker.push("Lobby/entered", [room]);
      return [0, []];
    });
    const heard: string[][] = [];
    connection.subscription(entered).on((names) => heard.push(names));
    await connection.call(enter, ["hall"], undefined);
    await broker.until(() => heard.length === 1);
    expect(heard).toEqual([["hall"]]);
  });

  test("the server hears of the first listener and of the last", async () => {
    const subscription = connection.subscription(entered);
    await roundTrip();
    expect(broker.subscribed).toEqual([]);
    const offs = [subscription.on(() => {}), subscription.on(() => {})];
    const other = connection.subscription({ ...entered }).on(() => {});
    await roundTrip();
    expect(broker.subscribed).toEqual(["on/Lobby/entered"]);
    for (const off of offs) off();
    for (const off of offs) off(); // A second time means nothing.
    await roundTrip();
    expect(broker.unsubscribed).toEqual([]);
    other();
    await broker.until(() => broker.unsubscribed.length === 1);
    expect(broker.unsubscribed).toEqual(["on/Lobby/entered"]);
    subscription.on(() => {});
    await broker.until(() => broker.subscribed.length === 2);
  });

  test("a value is decoded once, and all listeners get the same object", async () => {
    const read = vi.fn(entered.read);
    const push: ClientPush<string[]> = { ...entered, read };
    const heard: string[][] = [];
    const subscription = connection.subscription(push);
    for (let i = 0; i < 3; i++) subscription.on((names) => heard.push(names));
    await roundTrip();
    await broker.push("Lobby/entered", ["Ann"]);
    await broker.until(() => heard.length === 3);
    expect(read).toHaveBeenCalledTimes(1);
    expect(heard[1]).toBe(heard[0]);
    expect(heard[2]).toBe(heard[0]);
  });

  test("the same function added twice is two listeners", async () => {
    const listener = vi.fn();
    const off = connection.subscription(entered).on(listener);
    connection.subscription(entered).on(listener);
    await roundTrip();
    await broker.push("Lobby/entered", []);
    await broker.until(() => listener.mock.calls.length === 2);
    off();
    await broker.push("Lobby/entered", []);
    await broker.until(() => listener.mock.calls.length === 3);
  });

  test("a listener that another one removes hears nothing more, and one that is added meanwhile hears the next", async () => {
    const heard: string[] = [];
    const subscription = connection.subscription(entered);
    const offs: (() => void)[] = [];
    subscription.on((names) => {
      heard.push(`first ${names}`);
      offs.pop()?.();
      if (names[0] === "Ann") subscription.on((names) => heard.push(`third ${names}`));
    });
    offs.push(subscription.on((names) => heard.push(`second ${names}`)));
    await roundTrip();
    await broker.push("Lobby/entered", ["Ann"]);
    await broker.push("Lobby/entered", ["Bob"]);
    await broker.until(() => heard.length === 3);
    expect(heard).toEqual(["first Ann", "first Bob", "third Bob"]);
  });

  test("what a listener throws is an uncaught error and keeps the value from nobody", async () => {
    const uncaught = catchUncaught();
    const heard: string[][] = [];
    const subscription = connection.subscription(entered);
    subscription.on(() => {
      throw new Error("a bug in the page");
    });
    subscription.on((names) => heard.push(names));
    await roundTrip();
    await broker.push("Lobby/entered", ["Ann"]);
    await broker.push("Lobby/entered", ["Bob"]);
    await broker.until(() => heard.length === 2);
    expect(uncaught.end()).toEqual([new Error("a bug in the page"), new Error("a bug in the page")]);
    await roundTrip();
  });

  test("a value that does not fit is dropped and reported once, and the next one arrives", async () => {
    const heard: string[][] = [];
    connection.subscription(entered).on((names) => heard.push(names));
    await roundTrip();
    await broker.push("Lobby/entered", "Ann");
    await broker.push("Lobby/entered", [7]);
    await broker.pushBytes("Lobby/entered", Buffer.from("c1", "hex"));
    await broker.pushBytes("Lobby/entered", Buffer.of());
    await broker.push("Lobby/entered", ["Bob"]);
    await broker.until(() => heard.length === 1);
    expect(heard).toEqual([["Bob"]]);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "internal: dropped a value that does not fit Lobby/entered: expected an array, got a string of 3 characters",
    ]);
  });

  test("problems go to the console where nobody asks for them", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
    const plain = await ride(on, broker);
    plain.subscription(entered).on(() => {});
    await plain.call(leave, ["hall"], undefined);
    await broker.push("Lobby/entered", 7);
    await plain.call(leave, ["hall"], undefined);
    expect(warn.mock.calls).toEqual([[expect.stringContaining("dropped a value that does not fit")]]);
    warn.mockRestore();
    await plain.close();
  });

  test("a subscription that the server refuses is reported", async () => {
    broker.refusedTopics.add("on/Lobby/entered");
    connection.subscription(entered).on(() => {});
    connection.subscription({ ...entered, route: "Lobby/other" }).on(() => {});
    await broker.until(() => problems.length === 1);
    await roundTrip();
    expect(problems.map(({ message }) => message)).toEqual([
      "the server refused the subscription to Lobby/entered",
    ]);
  });

  test("a push that nobody asked for is ignored", async () => {
    const subscription = connection.subscription(entered);
    const heard: string[][] = [];
    broker.scripts.set("Lobby/enter", (_args, client) => {
      for (const topic of ["on/Lobby/entered", "on/Lobby/unknown", "re/none", "elsewhere"]) {
        broker.send(client, topic, Buffer.of(0x90));
      }
      return [0, []];
    });
    await connection.call(enter, ["hall"], undefined);
    subscription.on((names) => heard.push(names));
    await roundTrip();
    expect([heard, problems]).toEqual([[], []]);
    expect(connection.state).toBe("connected");
  });
});

/** Takes the place of the test runner, which would call it a failure of the run. */
function catchUncaught(): { end(): unknown[] } {
  const listeners = process.rawListeners("uncaughtException");
  const caught: unknown[] = [];
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => caught.push(error));
  return {
    end() {
      process.removeAllListeners("uncaughtException");
      // They were listeners of this very event.
      for (const listener of listeners) {
        process.on("uncaughtException", listener as NodeJS.UncaughtExceptionListener);
      }
      return caught;
    },
  };
}
