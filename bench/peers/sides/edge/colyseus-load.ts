import { Client } from "@colyseus/sdk";
import { answer } from "../../../harness/answer.js";
import { overConnections } from "../../harness/load.js";

answer(
  overConnections(async (url) => {
    const room = await new Client(url).joinOrCreate("bench");
    return (profile) => room.request("echo", profile);
  }),
);
