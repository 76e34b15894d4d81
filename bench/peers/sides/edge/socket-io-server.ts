import { createServer } from "node:http";
import { Server } from "socket.io";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { cpuMeter, listen } from "../../../sides/server.js";

const http = createServer();
// No signs of life between the calls: they would be in the way of a recording.
const io = new Server(http, { transports: ["websocket"], pingInterval: 3_600_000 });
io.on("connection", (socket) => {
  socket.on("echo", (profile: Profile, reply: (profile: Profile) => void) => reply(profile));
});

answer({ listen: async () => `http://127.0.0.1:${await listen(http)}`, ...cpuMeter });
