import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StubOptions } from "../../runtime/call/caller.js";
import { codes } from "../../runtime/error/code.js";
import { everything, variants } from "./everything.js";
import { Closed, Full, RpcError } from "./generated/server.js";
import { deface } from "./modules/deface.js";
import type { Callable, Rig } from "./rig.js";

/** Names of tests that a rig cannot pass, each with the reason. */
export type Skips = Readonly<Record<string, string>>;

/**
 * What calls keep to, whichever way they take: the same tests for every placement of the same modules.
 */
export function contractSuite(name: string, startRig: () => Promise<Rig>, skips: Skips = {}): void {
  describe(name, () => {
    let rig: Rig;
    let game: Callable;
    const titles = new Set<string>();

    function contract(title: string, body: () => Promise<void>): void {
      titles.add(title);
      const reason = skips[title];
      if (reason === undefined) test(title, body);
      else test.skip(`${title} (skipped: ${reason})`, body);
    }

    beforeAll(async () => {
      rig = await startRig();
      game = rig.game;
    });

    afterAll(() => rig.close());

    contract("a call is answered with its result", async () => {
      expect(await game.work.add(2, 3)).toBe(5);
    });

    contract("values of all kinds arrive as they were", async () => {
      for (const variant of variants) {
        const value = everything(variant);
        expect(await game.values.same(everything(variant))).toStrictEqual(value);
        expect(await game.values.look(everything(variant))).toBe(look(value));
      }
    });

    contract("numbers are rounded alike, and what does not fit is refused alike", async () => {
      const { rounded } = await game.values.same(everything({ rounded: 0.1 }));
      expect(rounded).toBe(Math.fround(0.1));
      await expect(game.values.same(everything({ small: 256 }))).rejects.toMatchObject({
        code: "invalid-argument",
        details: { path: "value.small" },
      });
      await expect(game.values.same(everything({ text: "\ud800" }))).rejects.toMatchObject({
        code: "invalid-argument",
      });
    });

    contract("what the caller changes after the call does not reach the callee", async () => {
      const value = everything();
      const kept = game.values.keep(value);
      deface(value);
      await kept;
      expect(await game.values.kept()).toStrictEqual(everything());
    });

    contract("what either side changes after the answer does not reach the other", async () => {
      await game.values.keep(everything());
      const first = await game.values.kept();
      deface(first);
      const second = await game.values.kept();
      expect(second).toStrictEqual(everything());
      await game.values.change();
      expect(second).toStrictEqual(everything());
      expect(await game.values.fleeting()).toStrictEqual(Uint8Array.of(1, 2, 3));
    });

    contract("one mebibyte goes there and back", async () => {
      const bytes = new Uint8Array(1_048_576).map((_, index) => index * 7);
      const text = "ä".repeat(524_288);
      expect(Buffer.compare(await game.values.bytes(bytes), bytes)).toBe(0);
      expect((await game.values.text(text)) === text).toBe(true);
    });

    contract("10,000 calls at a time are answered, each with its own result", async () => {
      const numbers = Array.from({ length: 10_000 }, (_, index) => index);
      const sums = await Promise.all(
        numbers.map((number) => game.work.add(number, 0.5, { timeout: 60_000 })),
      );
      expect(sums.every((sum, index) => sum === index + 0.5)).toBe(true);
    });

    contract("calls of one caller to one callee start in the order of calling, one-way or not", async () => {
      const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index}`);
      const written: Promise<void>[] = [];
      for (const [index, line] of lines.entries()) {
        if (index % 3 === 0) written.push(game.work.write(line));
        else game.work.note(line);
        if (index % 250 === 0) await sleep(1);
      }
      await Promise.all(written);
      expect(await game.work.notes()).toEqual(lines);
    });

    contract("a one-way call that fails disturbs nobody", async () => {
      game.work.noteBadly("bad");
      expect(await game.work.notes()).toEqual(["bad"]);
      // @ts-expect-error: what is no string
      expect(() => game.work.note(7)).toThrow(expect.objectContaining({ code: "invalid-argument" }));
    });

    for (const code of codes.filter((each) => each !== "failed")) {
      contract(`a handler answers with the code ${code}`, async () => {
        const details = {
          "resource-exhausted": { retryAfterMs: 250 },
          "invalid-argument": { path: "code", expected: "another" },
        }[code as string];
        const error = await caught(game.work.fail(code, "in so many words"));
        expect(error).toBeInstanceOf(RpcError);
        expect(error).toMatchObject({ code, message: "in so many words", details });
      });
    }

    contract("declared failures arrive as what they are, with their fields", async () => {
      const full = await caught(game.work.refuse("full"));
      expect(full).toBeInstanceOf(Full);
      expect(full).toMatchObject({
        code: "failed",
        message: "Come later",
        capacity: 3,
        since: new Date(5),
        names: ["a", "b"],
      });
      const closed = await caught(game.work.refuse("closed for a reason"));
      expect(closed).toBeInstanceOf(Closed);
      expect(closed).toMatchObject({ reason: "because" });
      const silent = await caught(game.work.refuse("closed"));
      expect(silent).toBeInstanceOf(Closed);
      expect(silent).toMatchObject({ reason: undefined });
    });

    contract("what is thrown undeclared, or returned amiss, is internal and tells nothing", async () => {
      for (const call of [game.work.crash(), game.work.refuseSilently(), game.work.misfit()]) {
        await expect(call).rejects.toMatchObject({
          code: "internal",
          message: expect.stringMatching(/^Internal error \(trace [0-9a-f]{32}\)$/),
        });
      }
    });

    contract("arguments that do not fit are refused with the place", async () => {
      await expect(game.work.name("too long")).rejects.toMatchObject({
        code: "invalid-argument",
        details: { path: "name", expected: "a string of at most 5 characters" },
      });
      expect(await game.work.name("short")).toBe("short");
    });

    contract("a guest does not reach what is for users", async () => {
      await expect(game.work.own()).rejects.toMatchObject({ code: "unauthenticated" });
    });

    contract("errors of nested calls pass as far as they mean the same", async () => {
      expect(await caught(game.relay.refuse())).toBeInstanceOf(Full);
      for (const [nested, outer] of [
        ["unavailable", "unavailable"],
        ["aborted", "aborted"],
        ["not-found", "internal"],
        ["permission-denied", "internal"],
      ] as const) {
        await expect(game.relay.fail(nested)).rejects.toMatchObject({ code: outer });
      }
      await expect(game.relay.refuseSilently()).rejects.toMatchObject({ code: "internal" });
    });

    contract("a module that nobody runs is unavailable, long before the deadline", async () => {
      const patient = { timeout: 3_600_000 };
      await expect(game.absent.call(patient)).rejects.toMatchObject({ code: "unavailable" });
      await expect(game.absent.again(patient)).rejects.toMatchObject({ code: "unavailable" });
      const items = game.absent.stream(patient)[Symbol.asyncIterator]();
      await expect(items.next()).rejects.toMatchObject({ code: "unavailable" });
    });

    contract("a call with a node goes there, and nowhere else", async () => {
      const node = await game.work.node();
      // For stubs only: clients have no such option.
      const there: StubOptions = { node };
      const nowhere: StubOptions = { node: "nobody.1-000000" };
      expect(await game.work.add(1, 2, there)).toBe(3);
      await expect(game.work.add(1, 2, nowhere)).rejects.toMatchObject({
        code: "unavailable",
      });
    });

    contract("a deadline ends the call for both sides", async () => {
      await expect(game.work.linger("by its method")).rejects.toMatchObject({ code: "deadline-exceeded" });
      const waited = game.work.wait("by its caller", 60_000, { timeout: 300 });
      await expect(waited).rejects.toMatchObject({ code: "deadline-exceeded" });
      for (const name of ["by its method", "by its caller"]) {
        expect(await fateOf(name)).toMatch(/^(deadline-exceeded|cancelled)$/);
      }
    });

    contract("a nested call has what is left of the outer one's time", async () => {
      const [own = 0, inner = 0, shorter = 0] = await game.relay.budgets();
      expect(own).toBeLessThanOrEqual(2_000);
      // What it slept in between; timers may be a millisecond early, and budgets travel in whole ones.
      expect(inner).toBeLessThanOrEqual(own - 198);
      expect(inner).toBeGreaterThan(0);
      expect(shorter).toBeLessThanOrEqual(500);
    });

    contract("a cancellation reaches the callee's signal", async () => {
      expect(await cancelled("directly", (name, options) => game.work.wait(name, 60_000, options))).toBe(
        "cancelled",
      );
    });

    contract("a cancellation reaches what is nested in the call", async () => {
      expect(await cancelled("nested", (name, options) => game.relay.wait(name, 60_000, options))).toBe(
        "cancelled",
      );
    });

    contract("calls of one tree share a trace and a session, and others do not", async () => {
      const [outer = "", inner] = await game.relay.origins();
      expect(outer).toMatch(/^[0-9a-f]{32} \S+$/);
      expect(inner).toBe(outer);
      const [another = ""] = await game.relay.origins();
      expect(another.slice(0, 32)).not.toBe(outer.slice(0, 32));
      expect(another.slice(32)).toBe(outer.slice(32));
    });

    contract("a stream arrives whole and in order", async () => {
      for (const stream of [game.work.count("whole", 1_000), game.relay.count("relayed", 1_000)]) {
        const items: number[] = [];
        for await (const item of stream) items.push(item);
        expect(items).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
      }
      expect(await fateOf("whole")).toBe("done");
    });

    contract("a stream waits for a slow reader, and ends with the reader's loop", async () => {
      for (const [name, stream] of [
        ["slow", game.work.count("slow", 0)],
        ["slow and nested", game.relay.count("slow and nested", 0)],
      ] as const) {
        let read = 0;
        for await (const item of stream) {
          expect(item).toBe(++read);
          if (read === 10) {
            const ahead = (await restOf(name)) - read;
            expect(ahead).toBeGreaterThan(0);
            expect(ahead).toBeLessThan(1_000);
          }
          if (read === 2_000) break;
        }
        expect(await fateOf(name)).toBe("cancelled");
        expect(await restOf(name)).toBeLessThan(read + 1_000);
      }
    });

    contract("a signal and a deadline end a stream for both sides", async () => {
      const controller = new AbortController();
      const byCaller = readAll(game.work.count("by its reader", 0, { signal: controller.signal }));
      await until(async () => (await game.work.progress("by its reader")).made > 100);
      controller.abort();
      expect(await byCaller).toMatchObject({ code: "cancelled" });
      const late = await readAll(game.work.count("too long", 0, { timeout: 300 }));
      expect(late).toMatchObject({ code: "deadline-exceeded" });
      for (const name of ["by its reader", "too long"]) {
        expect(await fateOf(name)).toMatch(/^(deadline-exceeded|cancelled)$/);
      }
    });

    contract("what a stream had before it failed is read before the failure", async () => {
      const items: number[] = [];
      const stream = game.work.countToFailure(3);
      const error = await caught(
        (async () => {
          for await (const item of stream) items.push(item);
        })(),
      );
      expect(items).toEqual([1, 2, 3]);
      expect(error).toBeInstanceOf(Full);
      expect(error).toMatchObject({ capacity: 3 });
    });

    contract("an item that does not fit ends a stream", async () => {
      const items: number[] = [];
      const stream = game.work.countTooFar("too far");
      const error = await caught(
        (async () => {
          for await (const item of stream) items.push(item);
        })(),
      );
      expect(items).toEqual([250, 251, 252, 253, 254, 255]);
      expect(error).toMatchObject({ code: "internal" });
      expect(await fateOf("too far")).toBe("done");
    });

    contract("modules that stop finish what they began, and are unavailable then", async () => {
      const other = await startRig();
      try {
        const { work } = other.game;
        const names = Array.from({ length: 20 }, (_, index) => `last ${index}`);
        const results = names.map((name) => work.wait(name, 500));
        await until(async () => (await work.fate("last 19")) === "running");
        await other.stopModules();
        expect(await Promise.all(results)).toEqual(names.map((name) => `${name} is done`));
        await expect(work.add(1, 1)).rejects.toMatchObject({ code: "unavailable" });
      } finally {
        await other.close();
      }
    });

    contract(
      "a callee that dies takes its calls with it, long before their deadlines, and can come back",
      async () => {
        const other = await startRig();
        try {
          const { work } = other.game;
          const pending = caught(work.wait("doomed", 3_600_000, { timeout: 3_600_000 }));
          const reading = readAll(work.count("doomed too", 0, { timeout: 3_600_000 }));
          await until(async () => (await work.progress("doomed too")).made > 100);
          const dying = caught(work.exit({ timeout: 3_600_000 }));
          for (const error of await Promise.all([pending, reading, dying])) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(unavailable|aborted)$/) });
          }
          await other.revive();
          await until(async () => (await work.add(1, 1).catch(() => undefined)) === 2);
        } finally {
          await other.close();
        }
      },
    );

    test("every skip means a test", () => {
      expect(Object.keys(skips).filter((title) => !titles.has(title))).toEqual([]);
    });

    /** What became of a handler, once it is known. */
    async function fateOf(handler: string): Promise<string> {
      await until(async () => !["unknown", "running"].includes(await game.work.fate(handler)));
      return await game.work.fate(handler);
    }

    /** Makes a call, cancels it when its handler runs, and tells what became of that. */
    async function cancelled(
      handler: string,
      call: (name: string, options: { signal: AbortSignal }) => Promise<unknown>,
    ): Promise<string> {
      const controller = new AbortController();
      const error = caught(call(handler, { signal: controller.signal }));
      await until(async () => (await game.work.fate(handler)) === "running");
      controller.abort();
      expect(await error).toMatchObject({ code: "cancelled" });
      return await fateOf(handler);
    }

    /** How many items a stream has made when it makes no more. */
    async function restOf(stream: string): Promise<number> {
      let made = -1;
      await until(async () => {
        const before = made;
        ({ made } = await game.work.progress(stream));
        await sleep(100);
        return made === before;
      });
      return made;
    }
  });
}

/** As the callee looks at it. */
function look(value: unknown): string {
  return inspect(value, { depth: 10, sorted: true });
}

/** What a call fails with. */
async function caught(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** What a stream ends with. */
async function readAll(stream: AsyncIterable<unknown>): Promise<unknown> {
  return await caught(
    (async () => {
      for await (const _ of stream);
    })(),
  );
}

/** Resolves once the condition holds; the test's own limit ends a vain wait. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}
