// Plays the demo game with mqtt.js and no generated code, in JSON.
// Usage: node docs/examples/mqtt-js-player.mjs [url], such as ws://127.0.0.1:8080/mqtt
import { once } from "node:events";
import { connectAsync } from "mqtt";

const [, , url = "mqtt://127.0.0.1:1883"] = process.argv;

/** Connects, and returns the connection with a function that calls a method by name. */
async function enterServer() {
  const client = await connectAsync(url, { protocolVersion: 4 });
  const replies = new Map();
  let lastId = 0;
  client.on("message", (topic, payload) => {
    if (topic.startsWith("re/")) replies.get(topic.slice(3))?.(JSON.parse(payload.toString()));
  });
  const call = async (route, ...args) => {
    const id = String(++lastId);
    const reply = new Promise((resolve) => replies.set(id, resolve));
    client.publish(`rpc/${route}/${id}`, JSON.stringify(args));
    const { ok, error } = await reply;
    replies.delete(id);
    if (error) throw Object.assign(new Error(error.message), error);
    return ok;
  };
  return { client, call };
}

const eve = await enterServer();
const other = await enterServer();

// Log in, with a call.
console.log("entered:", JSON.stringify(await eve.call("Login/enter", "Eve")));

// Get a declared failure: somebody else may not have that name.
await other.call("Login/enter", "Eve").catch(({ code, details }) => {
  console.log("failed:", code, JSON.stringify(details));
});

// Receive a push.
const pushed = (async () => {
  for (;;) {
    const [topic, payload] = await once(eve.client, "message");
    if (topic === "json/on/Chat/said") return payload.toString();
  }
})();
await eve.client.subscribeAsync("json/on/Chat/said");
console.log("said:", JSON.stringify(await eve.call("Chat/say", "lobby", "hello from mqtt.js")));
console.log("heard: json/on/Chat/said", await pushed);
await Promise.all([eve.client.endAsync(), other.client.endAsync()]);
