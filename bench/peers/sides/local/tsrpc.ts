import { answer } from "../../../harness/answer.js";
import { oneByOne } from "../../harness/load.js";
import { HttpServer, quiet, type ServiceType, serviceProto } from "../tsrpc.js";

const server = new HttpServer<ServiceType>(serviceProto, quiet);
server.implementApi("Echo", (call) => call.succ(call.req));

answer({
  open() {},
  ...oneByOne(async (profile) => {
    const answered = await server.callApi("Echo", profile);
    if (!answered.isSucc) throw answered.err;
    return answered.res;
  }),
});
