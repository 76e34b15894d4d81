import net from "node:net";
import tls from "node:tls";
import { WebSocket } from "ws";
import { maxPacketBytes } from "./packet-parser.js";
import type { Socket, SocketEvents } from "./socket.js";

/** Opens a socket in Node: TCP for `mqtt:`, TLS for `mqtts:`, WebSocket for `ws:` and `wss:`. */
export function openSocket(url: URL, events: SocketEvents): Socket {
  // An address of version 6 stands in brackets in a URL, and nowhere else.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  switch (url.protocol) {
    case "mqtt:":
      return openStream(net.connect(Number(url.port || 1883), host), "connect", events);
    case "mqtts:": {
      // [RFC 6066, 3]: a server name is never an address.
      const servername = net.isIP(host) === 0 ? { servername: host } : {};
      return openStream(
        tls.connect({ host, port: Number(url.port || 8883), ...servername }),
        "secureConnect",
        events,
      );
    }
    default:
      return openWebSocket(url, events);
  }
}

function openStream(socket: net.Socket, opened: "connect" | "secureConnect", events: SocketEvents): Socket {
  let failure: Error | undefined;
  socket.setNoDelay();
  socket.on(opened, () => events.onOpen());
  socket.on("data", (bytes: Buffer) => events.onBytes(plain(bytes)));
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("close", () => events.onClose(failure));
  return {
    get buffered() {
      return socket.writableLength;
    },
    write: (bytes) => void socket.write(bytes),
    end: () => socket.destroySoon(),
    destroy: () => void socket.destroy(),
  };
}

function openWebSocket(url: URL, events: SocketEvents): Socket {
  let failure: Error | undefined;
  const webSocket = new WebSocket(url, "mqtt", { perMessageDeflate: false, maxPayload: maxPacketBytes });
  webSocket.on("open", () => events.onOpen());
  webSocket.on("message", (data, isBinary) => {
    // [MQTT-6.0.0-1]: a text frame is a reason to close. A Buffer is what `ws` gives unless told otherwise.
    if (isBinary && data instanceof Uint8Array) events.onBytes(plain(data));
    else webSocket.terminate();
  });
  webSocket.on("error", (error) => {
    failure = error;
  });
  webSocket.on("close", () => events.onClose(failure));
  return {
    get buffered() {
      return webSocket.bufferedAmount;
    },
    write: (bytes) => webSocket.send(bytes),
    end: () => webSocket.close(),
    destroy: () => webSocket.terminate(),
  };
}

/** The same bytes without what Buffer adds: its `slice` and `toString` mean something else. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
