import type { Socket, SocketEvents } from "./socket.js";

/** Opens a socket in a browser, which has WebSocket alone. */
export function openSocket(url: URL, events: SocketEvents): Socket {
  if (url.protocol !== "ws:" && url.protocol !== "wss:") {
    throw new TypeError(`a browser connects to ws: and wss: only, not ${url.protocol}`);
  }
  const webSocket = new WebSocket(url, "mqtt");
  webSocket.binaryType = "arraybuffer";
  webSocket.onopen = () => events.onOpen();
  webSocket.onmessage = ({ data }: MessageEvent<unknown>) => {
    // [MQTT-6.0.0-1]: a text frame is a reason to close.
    if (data instanceof ArrayBuffer) events.onBytes(new Uint8Array(data));
    else webSocket.close();
  };
  // Browsers tell scripts nothing of why a WebSocket failed; `onerror` knows less than `onclose`.
  webSocket.onclose = ({ code, reason }) => {
    events.onClose(new Error(`the WebSocket closed with code ${code}${reason && `: ${reason}`}`));
  };
  return {
    get buffered() {
      return webSocket.bufferedAmount;
    },
    // TypeScript's DOM library refuses views on a SharedArrayBuffer; ours never are.
    write: (bytes) => webSocket.send(bytes as Uint8Array<ArrayBuffer>),
    end: () => webSocket.close(),
    // A browser has no harder way to close.
    destroy: () => webSocket.close(),
  };
}
