import type { MqttConnection } from "../client/mqtt.js";
import { openSlimMqtt } from "../client/slim-mqtt.js";
import { openSocket } from "../client/socket-node.js";
import type { RpcError } from "../error/rpc-error.js";
import { callTopic, cancelTopic, readReplyTopic } from "../wire/topic.js";
import { CommandError, UsageError } from "./command-error.js";

const handshakeMs = 10_000;
const keepAlive = 20;

/** Where to connect, and as whom. */
export interface SessionOptions {
  readonly url: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** What a gateway answers, in JSON. */
export type JsonReply =
  | { readonly ok: unknown }
  | { readonly next: unknown }
  | { readonly done: true }
  | { readonly error: JsonError };

/** An error as it comes in JSON. */
export interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A session that speaks JSON, for as long as a command runs. It does not come back when it is lost. */
export interface JsonSession {
  /** Makes a call. The listener hears each reply, until it returns true. */
  call(route: string, args: readonly unknown[], listener: (reply: JsonReply) => boolean): Promise<void>;
  /** Ends the running call. */
  cancel(): void;
  /** Listens to a push, whose values come as JSON. Resolves when the listener has returned true. */
  listen(route: string, listener: (json: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** The only call of a session. */
const callId = "1";

/**
 * Connects to a gateway.
 *
 * @throws CommandError where there is none, or it refuses the user
 */
export async function openJsonSession(options: SessionOptions): Promise<JsonSession> {
  const { user, password } = options;
  const url = readUrl(options.url);
  const username = user ?? (password === undefined ? undefined : "");
  let hear: (topic: string, payload: string) => void = () => {};
  let lose: (reason: RpcError) => void = () => {};
  const decoder = new TextDecoder();
  const mqtt = await new Promise<MqttConnection>((resolve, reject) => {
    lose = (reason) => reject(new CommandError(`${reason.message}.${hintFor(reason)}`));
    const connection = openSlimMqtt(
      {
        connect: { url, username, password, clientId: "", clean: true, keepAlive },
        openSocket,
        handshakeMs,
      },
      {
        onOpen: () => resolve(connection),
        onMessage: (topic, payload) => hear(topic, decoder.decode(payload)),
        onSubscriptionRefused: (topic) => hear(topic, ""),
        onLost: (reason) => lose(reason),
      },
    );
  });

  /** Hears messages until one of them is the last. */
  const until = (isLast: (topic: string, payload: string) => boolean) =>
    new Promise<void>((resolve, reject) => {
      lose = (reason) => reject(new CommandError(`${reason.message}.`));
      hear = (topic, payload) => {
        try {
          if (isLast(topic, payload)) resolve();
        } catch (error) {
          reject(error);
        }
      };
    });

  return {
    call(route, args, listener) {
      mqtt.publish(callTopic(route, callId), new TextEncoder().encode(JSON.stringify(args)));
      // What the gateway sends is what docs/protocol.md says it sends.
      return until(
        (topic, text) => readReplyTopic(topic) === callId && listener(JSON.parse(text) as JsonReply),
      );
    },
    cancel: () => mqtt.publish(cancelTopic(callId), new Uint8Array()),
    listen(route, listener) {
      const wanted = `json/on/${route}`;
      mqtt.subscribe([wanted], 0);
      return until((topic, text) => {
        if (topic !== wanted) return false;
        if (text === "")
          throw new CommandError(`The gateway refuses to let this session listen to ${route}.`);
        return listener(text);
      });
    },
    close: () => mqtt.close(),
  };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:") url.protocol = "ws:";
  if (url?.protocol === "https:") url.protocol = "wss:";
  if (
    url === undefined ||
    !["mqtt:", "mqtts:", "ws:", "wss:"].includes(url.protocol) ||
    url.hostname === ""
  ) {
    throw new UsageError(
      `--url takes an address such as mqtt://127.0.0.1:1883 or wss://play.example.com/mqtt, not ${JSON.stringify(text)}.`,
    );
  }
  return url;
}

function hintFor({ code }: RpcError): string {
  if (code === "unauthenticated") return " Say who you are with --user and --password.";
  if (code === "unavailable") return " Does the game run? Another address is given with --url.";
  return "";
}
