import type { Aedes } from "aedes";
import type { Dispatcher } from "../call/dispatcher.js";
import type { Codec } from "../codec/codec.js";
import type { Addresses, GatewayConfig } from "../config/config.js";
import { defaultGatewayLimits } from "../config/gateway-limits.js";
import type { PushContract } from "../contract/push.js";
import type { Routes } from "../contract/route.js";
import type { Logger } from "../module/logger.js";
import type { Audience, PackedPush, PackedPushSink } from "../session/push-sink.js";
import type { Session } from "../session/session.js";
import { SessionRegistry } from "../session/session-registry.js";
import { SessionTopics, type TopicTransport, topicOf } from "../session/session-topics.js";
import type { NodeId } from "../transport/transport.js";
import { AdmissionDesk } from "./admission-desk.js";
import { createBroker } from "./broker.js";
import type { Connection } from "./connection.js";
import { Connections } from "./connections.js";
import { createCounters, type GatewayCounters } from "./counters.js";
import { Doors } from "./doors.js";
import type { GatewayContext } from "./gateway-context.js";
import { PushChannels } from "./push-channels.js";
import { PushFanOut } from "./push-fan-out.js";
import { Replies } from "./replies.js";

/** What a gateway works with. */
export interface GatewayOptions {
  readonly config: GatewayConfig;
  readonly routes: Routes;
  readonly dispatcher: Dispatcher;
  readonly log: Logger;
  /** What `authenticate` gets as its `rpc`. */
  readonly rpc: unknown;
  /** Called once for each session, after its connection is gone. */
  readonly onSessionEnd: (session: Session) => void;
  /** The type of the sessions' data; default: anything that can travel. */
  readonly sessionData?: Codec | undefined;
  /** Where the gateway is among other nodes; undefined where there are none. */
  readonly network?: GatewayNetwork | undefined;
}

/** What a gateway needs to know of other nodes. */
export interface GatewayNetwork {
  readonly node: NodeId;
  /** Where it hears what other nodes push to users, groups and all. */
  readonly transports: readonly TopicTransport[];
}

/** Where clients come in. */
export interface Gateway extends PackedPushSink {
  /** The session of that id, if its connection is here. */
  findSession(id: string): Session | undefined;
  /** Opens the ports, once pushes of other nodes can be heard. Rejects with Node's error, such as `EADDRINUSE`, and then leaves nothing open. */
  listen(): Promise<Addresses>;
  /** Lets no more clients in. Those who are in keep their sessions. */
  stopAccepting(): Promise<void>;
  /** Ends all sessions. Resolves when everything is closed. */
  close(): Promise<void>;
  /** What has been ignored, refused and ended so far. */
  readonly counters: Readonly<GatewayCounters>;
}

/** Milliseconds between two looks at who is silent: the tick of the gateway's clock. */
const tick = 1_000;

/** Milliseconds that clients have to take their last bytes when the gateway closes. */
const patience = 1_000;

/** A gateway that does not listen yet. */
export function createGateway(options: GatewayOptions): Gateway {
  return new MqttGateway(options);
}

class MqttGateway implements Gateway {
  readonly counters = createCounters();
  readonly #clock = { seconds: 0 };
  readonly #context: GatewayContext;
  readonly #broker: Aedes;
  readonly #connections: Connections;
  readonly #doors: Doors;
  readonly #fanOut: PushFanOut;
  readonly #sessions: SessionRegistry<Connection>;
  readonly #topics: SessionTopics | undefined;
  #timer: NodeJS.Timeout | undefined = undefined;
  #closed: Promise<void> | undefined = undefined;

  constructor(options: GatewayOptions) {
    const { config, routes, dispatcher, log, rpc, onSessionEnd, sessionData, network } = options;
    const limits = { ...defaultGatewayLimits, ...config.limits };
    this.#context = {
      routes,
      dispatcher,
      replies: new Replies(routes.failures),
      limits,
      counters: this.counters,
      clock: this.#clock,
      log,
      isStopping: false,
    };
    this.#topics = network && new SessionTopics({ transports: network.transports, log });
    const sessions = new SessionRegistry<Connection>({
      groupsPerSession: limits.groups,
      node: network?.node,
      topics: this.#topics,
      data: sessionData,
    });
    this.#sessions = sessions;
    const channels = new PushChannels(routes);
    this.#broker = createBroker(log);
    this.#connections = new Connections(this.#context, {
      broker: this.#broker,
      admission: new AdmissionDesk(this.#context, sessions, { config, rpc }),
      channels,
      sessions,
      onSessionEnd,
    });
    this.#doors = new Doors(config, limits, log, (transport) => this.#connections.receive(transport));
    this.#fanOut = new PushFanOut(channels, sessions);
  }

  async listen(): Promise<Addresses> {
    await this.#broker.listen();
    this.#timer = setInterval(() => {
      this.#clock.seconds++;
      this.#connections.closeSilent();
      this.#topics?.sweep();
    }, tick);
    try {
      await this.#topics?.hold(topicOf({ kind: "all" }));
      return await this.#doors.open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  push(contract: PushContract, audience: Audience, value: unknown): void {
    this.#fanOut.push(contract, audience, value);
  }

  deliver(push: PackedPush): void {
    this.#fanOut.deliver(push);
  }

  findSession(id: string): Session | undefined {
    return this.#sessions.find(id);
  }

  async stopAccepting(): Promise<void> {
    this.#context.isStopping = true;
    this.#doors.shut();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.stopAccepting();
    await this.#connections.closeAll(patience);
    await this.#doors.close();
    clearInterval(this.#timer);
    await new Promise<void>((resolve) => this.#broker.close(resolve));
  }
}
