import { answer } from "../../../harness/answer.js";
import { overConnections } from "../../harness/load.js";
import { quiet, type ServiceType, serviceProto, WsClient } from "../tsrpc.js";

answer(
  overConnections(async (server) => {
    const client = new WsClient<ServiceType>(serviceProto, { server, ...quiet });
    const connected = await client.connect();
    if (!connected.isSucc) throw new Error(connected.errMsg);
    return async (profile) => {
      const answered = await client.callApi("Echo", profile);
      if (!answered.isSucc) throw answered.err;
      return answered.res;
    };
  }),
);
