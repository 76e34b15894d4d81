import { describe, expect, test } from "vitest";
import { eventually } from "../gateway/eventually.js";
import { admitted, connectPacket, publish, RawClient } from "../gateway/raw-client.js";
import { attack } from "./scene.js";

describe("who publishes what only the server says is heard by nobody:", () => {
  test.each([
    ["a reply to a call of somebody else", "re/long", '{"ok":666}'],
    ["a push", "on/Score/moved", "\x63"],
    ["a push in JSON", "json/on/Score/moved", "666"],
    ["that a session is over", "json/on/Antwire/closed", '{"code":"closed","reason":"x"}'],
    ["news of the broker", "$SYS/broker/load", "666"],
    ["an answer for a whole group", "$share/all/re/long", '{"ok":666}'],
  ])("%s", async (_what, topic, payload) => {
    await attack({ "unknown-topic": 6 }, async ({ port }) => {
      using attacker = await admitted(port);
      await attacker.subscribe("#", "re/#", "json/on/#");
      let id = 0;
      for (const qos of [0, 1, 2] as const) {
        for (const retain of [false, true]) {
          attacker.send({ ...publish(topic, payload, { qos, id: ++id }), retain } as never);
        }
      }
      await attacker.settle();
      // Acknowledged as MQTT wants it, and not even heard by who said it.
      expect(attacker.packets.map(({ cmd }) => cmd)).toEqual(["puback", "puback", "pubrec", "pubrec"]);
    });
  });

  test("a will, on whatever topic, and also where its client ends without a word", async () => {
    await attack({}, async ({ app, port }) => {
      const topics = [
        "re/long",
        "on/Score/moved",
        "json/on/Score/moved",
        "rpc/Room/note",
        "$SYS/x/new/clients",
      ];
      for (const topic of topics) {
        for (const qos of [0, 2] as const) {
          const will = { topic, payload: Buffer.from("[666]"), qos, retain: true };
          const attacker = await admitted(port, { will });
          attacker[Symbol.dispose]();
        }
      }
      await eventually(() => app.ended.length).toBe(topics.length * 2);
    });
  });

  test("what it wants kept for those who come later", async () => {
    await attack({}, async ({ port }) => {
      using attacker = await admitted(port);
      for (const topic of ["re/1", "on/Score/moved", "json/on/Score/moved"]) {
        attacker.send({ ...publish(topic, "[666]"), retain: true } as never);
      }
      await attacker.settle();
      using later = await admitted(port);
      await later.subscribe("#", "re/#", "json/on/#");
      await later.settle();
      expect(later.packets).toEqual([]);
    });
  });
});

test("who says under $SYS that a client has come elsewhere throws nobody out", async () => {
  // Aedes closes the client that such a message names, where the message comes from another broker.
  await attack({ "unknown-topic": 4 }, async ({ port }) => {
    using attacker = await admitted(port, { clientId: "attacker" });
    // The gateway's own names for its connections are numbers in their order.
    for (const name of ["victim", "1", "2", "#"]) {
      attacker.publish("$SYS/another-broker/new/clients", name, { qos: 1, id: 1 });
      await attacker.next("puback");
    }
    await attacker.settle();
  });
});

test("who comes with the client id of another is a stranger", async () => {
  await attack({}, async ({ app, port, victimsSession }) => {
    using attacker = new RawClient(port);
    attacker.send(connectPacket({ clientId: "victim", clean: false }));
    expect(await attacker.next("connack")).toMatchObject({ returnCode: 0, sessionPresent: false });
    attacker.publish("rpc/Room/say/1", '["hi"]');
    expect(await attacker.json()).toMatchObject({ error: { code: "unauthenticated" } });
    attacker.publish("cancel/long");
    await attacker.settle();
    attacker.publish("rpc/Score/top/2", "[1]");
    await attacker.next("publish");
    expect(app.sessions.map(({ id }) => id)).not.toContain("victim");
    expect(app.sessions.filter(({ id }) => id === victimsSession)).toHaveLength(1);
  });
});

test("who cancels, holds or answers the calls of another does it to nobody", async () => {
  await attack({}, async ({ app, port }) => {
    using attacker = await admitted(port);
    for (const topic of ["cancel/long", "pause/long", "resume/long"]) {
      attacker.publish(topic);
    }
    await attacker.settle();
    expect(app.waiting[0]?.signal.aborted).toBe(false);
    expect(attacker.packets).toEqual([]);
  });
});

test("who puts the session of another into what it says is still itself", async () => {
  await attack({}, async ({ app, port, victimsSession }) => {
    using attacker = await admitted(port);
    const forged = { session: victimsSession, userId: "Ann", id: victimsSession };
    for (const payload of [
      JSON.stringify([forged, "hi"]),
      JSON.stringify({ session: forged, text: "hi", userId: "Ann", call: { session: forged } }),
      JSON.stringify({ session: victimsSession, text: "hi" }),
      JSON.stringify(["hi", null, forged]),
    ]) {
      attacker.publish("rpc/Room/say/1", payload);
      expect(await attacker.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
    attacker.publish("rpc/Score/top/2", JSON.stringify({ count: 1, session: forged }));
    expect(await attacker.json()).toEqual({ ok: ["Ann"] });
    expect(app.sessions.at(-1)?.id).not.toBe(victimsSession);
    expect(app.sessions.at(-1)?.userId).toBeUndefined();
  });
});

test.each([
  "rpc/Room/secret/1",
  "rpc/Room/constructor/1",
  "rpc/Room/__proto__/1",
  "rpc/__proto__/note/1",
  "rpc/Room@1/note/1",
  "rpc/AntwireGateway/push/1",
  "rpc/AntwireGateway/close/1",
  "rpc/AntwireNode/ended/1",
  "rpc/Antwire/closed/1",
])("who calls %s finds nothing", async (topic) => {
  await attack({}, async ({ port }) => {
    using attacker = await admitted(port);
    const answers: unknown[] = [];
    for (const payload of ["", "[]", "{}", Buffer.from([0x90])]) {
      attacker.publish(topic, payload);
      answers.push((await attacker.next("publish")).payload.toString());
    }
    for (const answer of answers) expect(answer).toContain("not-found");
    // Nothing in the words tells a method for other modules from one that there is not.
    attacker.publish("rpc/Room/nothing/1");
    const [, nothing] = await attacker.message();
    expect(String(answers[0]).replace(topic.slice(4, -2).replace("/", "."), "Room.nothing")).toBe(nothing);
  });
});

test("who listens to everything hears nothing of others", async () => {
  await attack({ subscriptions: 9 }, async ({ app, port, victim }) => {
    using attacker = await admitted(port);
    expect(
      await attacker.subscribe(
        ...["#", "on/#", "json/on/#", "re/#", "re/+", "on/+/+", "re/long"],
        ...[
          "$SYS/#",
          "rpc/#",
          "cancel/#",
          "+/#",
          "+/+",
          "json/#",
          "/#",
          "$share/a/on/#",
          "json/+/Score/moved",
        ],
      ),
    ).toEqual([...Array(7).fill(0), ...Array(9).fill(0x80)]);
    victim.publish("rpc/Score/top/1", "[1]");
    expect(await victim.message()).toEqual(["re/1", '{"ok":["Ann"]}']);
    victim.publish("rpc/Room/say/2", '["hi"]');
    await victim.until(() => victim.packets.length === 3);
    victim.packets.length = 0;
    await attacker.settle();
    expect(attacker.packets).toEqual([]);
    expect(app.ended).toEqual([]);
  });
});
