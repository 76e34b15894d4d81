import { createServer } from "node:http";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { answer } from "../../../harness/answer.js";
import { cpuMeter, listen } from "../../../sides/server.js";
import { router } from "../trpc.js";

const http = createServer();
applyWSSHandler({ wss: new WebSocketServer({ server: http }), router });

answer({ listen: async () => `ws://127.0.0.1:${await listen(http)}`, ...cpuMeter });
