import { io } from "socket.io-client";
import { answer } from "../../../harness/answer.js";
import { overConnections } from "../../harness/load.js";

answer(
  overConnections(async (url) => {
    const socket = io(url, { transports: ["websocket"], forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("connect_error", reject);
    });
    return (profile) => socket.emitWithAck("echo", profile);
  }),
);
