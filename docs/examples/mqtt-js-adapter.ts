import mqtt from "mqtt";
import { type OpenMqtt, RpcError } from "../../generated/client.js";

const maxUnsentBytes = 1024 * 1024;

/** Lets the generated client ride on mqtt.js: `connect(url, { mqtt: openMqttJs })`. */
export const openMqttJs: OpenMqtt = (connect, events) => {
  const { url, keepAlive, username, password, clientId, clean } = connect;
  const client = mqtt.connect(url.href, {
    protocolVersion: 4,
    reconnectPeriod: 0, // The generated client comes back by itself.
    keepalive: Math.ceil(keepAlive),
    clientId,
    clean,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  });
  let reason = new RpcError("unavailable", `lost the connection to ${url.host}`);
  let isClosing = false;
  client.on("connect", ({ sessionPresent }) => events.onOpen(sessionPresent));
  client.on("message", (topic, payload, { qos, messageId = 0, dup }) =>
    events.onMessage(topic, payload, qos === 0 ? undefined : { id: messageId, dup }),
  );
  client.on("error", (error) => {
    const returnCode = "code" in error ? error.code : undefined; // Of the CONNACK.
    const code = returnCode === 5 || returnCode === 4 ? "unauthenticated" : "unavailable";
    const message = `${reason.message}: ${error.message}`;
    reason = new RpcError(returnCode === 3 ? "resource-exhausted" : code, message, { cause: error });
  });
  client.on("close", () => !isClosing && events.onLost(reason));
  return {
    get congested() {
      return client.stream.writableLength > maxUnsentBytes;
    },
    publish: (topic, payload) => void client.publish(topic, Buffer.from(payload)),
    subscribe(topics, qos) {
      client.subscribe([...topics], { qos }, (_error, _granted, packet) => {
        for (const [i, topic] of topics.entries())
          if (packet?.granted[i] === 0x80) events.onSubscriptionRefused(topic);
      });
    },
    unsubscribe: (topic) => void client.unsubscribe(topic),
    close: async () => {
      isClosing = true;
      const impatience = setTimeout(() => client.stream.destroy(), 1000);
      await client.endAsync(!client.connected);
      clearTimeout(impatience);
    },
  };
};
