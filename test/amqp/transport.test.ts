import { createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";
import { CapturedLog } from "../../runtime/testing/captured-log.js";
import { useBroker } from "../setup/rabbitmq.js";
import { transportSuite } from "../transport/transport-suite.js";
import { freshApplication } from "./node.js";

const { url } = useBroker();

transportSuite("over RabbitMQ", () => {
  const application = freshApplication();
  return {
    async join(node, listener) {
      const { log } = new CapturedLog();
      const transport = createAmqpTransport({ urls: [url], node, log, application });
      transport.listen(listener);
      await transport.ready;
      return transport;
    },
  };
});
