import { openConnection } from "../../runtime/generated.js";
import { enter, entered, leave } from "./methods.js";
import { startRawServer } from "./raw-server.js";

// A client in a process of its own, which ends only when no socket and no timer is left.
const [, , url = ""] = process.argv;

const connection = await openConnection(url);
const off = connection.subscription(entered).on(() => {});
await connection.call(leave, ["hall"], undefined);
const never = connection.call(enter, ["hall"], { signal: new AbortController().signal });
const cancelled = never.catch(() => {});
off();
await connection.close();
await cancelled;

const server = await startRawServer("tcp");
const lost = await openConnection(server.url);
const waiting = new Promise<void>((resolve) => lost.on("waiting", () => resolve()));
await server.stop();
await waiting;
await lost.close();
console.log("closed");
