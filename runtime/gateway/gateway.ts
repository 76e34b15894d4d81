import type { Aedes } from "aedes";
import type { Dispatcher } from "../call/dispatcher.js";
import { type Clock, systemClock } from "../clock/clock.js";
import type { Codec } from "../codec/codec.js";
import type { Addresses, GatewayConfig } from "../config/config.js";
import { completeLimits } from "../config/gateway-limits.js";
import type { PushContract } from "../contract/push.js";
import type { Routes } from "../contract/route.js";
import type { Logger } from "../module/logger.js";
import type { Audience, PackedPush, PackedPushSink } from "../session/push-sink.js";
import type { Session } from "../session/session.js";
import { SessionRegistry } from "../session/session-registry.js";
import { SessionTopics, type TopicTransport, topicOf } from "../session/session-topics.js";
import type { UserClaim } from "../session/user-claim.js";
import type { NodeId } from "../transport/transport.js";
import { AdmissionDesk } from "./admission-desk.js";
import { createBroker } from "./broker.js";
import { CallTally } from "./call-tally.js";
import type { Client } from "./client.js";
import { Clients } from "./clients.js";
import { Connections } from "./connections.js";
import { createCounters, type GatewayCounters } from "./counters.js";
import { Doors } from "./doors.js";
import type { GatewayContext } from "./gateway-context.js";
import type { GatewayState } from "./gateway-state.js";
import type { Readiness } from "./health.js";
import { Load } from "./load.js";
import { OwnMethods } from "./own-methods.js";
import { withOwnRoutes } from "./own-routes.js";
import { PushChannels } from "./push-channels.js";
import { PushFanOut } from "./push-fan-out.js";
import { type RefusalCounts, Refusals } from "./refusals.js";
import { Replies } from "./replies.js";
import type { Transport } from "./transport.js";
import { UserClaims } from "./user-claims.js";

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
  readonly clock?: Clock | undefined;
  /** What else than the gateway itself keeps it from serving players, such as a broker that is lost. */
  readonly readiness?: Readiness | undefined;
  /** Makes the ways in; default: the ports of the config. */
  readonly createDoors?: CreateDoors | undefined;
}

/** Makes the ways in for clients, which hand over whoever comes. */
export type CreateDoors = (receive: (transport: Transport) => void) => Pick<Doors, "open" | "shut" | "close">;

/** What a gateway needs to know of other nodes. */
export interface GatewayNetwork {
  readonly node: NodeId;
  /** Where it hears what other nodes push to users, groups and all. */
  readonly transports: readonly TopicTransport[];
  /** Tells the other gateways that have sessions of the user. */
  readonly announceClaim: (claim: UserClaim) => void;
}

/** Where clients come in. */
export interface Gateway extends PackedPushSink {
  /** The session of that id, if its connection is here. */
  findSession(id: string): Session | undefined;
  /** Ends a session that the modules believe to have ended. Its client may begin another at once. */
  dropSession(id: string): void;
  /** A session of another gateway wants a user for itself. */
  hearClaim(claim: UserClaim): void;
  /** Opens the ports, once pushes of other nodes can be heard. Rejects with Node's error, such as `EADDRINUSE`, and then leaves nothing open. */
  listen(): Promise<Addresses>;
  /** Lets no more clients in. Those who are in keep their sessions. */
  stopAccepting(): Promise<void>;
  /** Ends all sessions. Resolves when everything is closed. */
  close(): Promise<void>;
  /** What has been done for slow and absent clients so far. */
  readonly counters: Readonly<GatewayCounters>;
  /** What has been ignored, refused and ended so far, by reason. */
  readonly refusals: RefusalCounts;
  /** How it is now. */
  look(): GatewayState;
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
  readonly #time: Clock;
  readonly #clock = { seconds: 0 };
  readonly #context: GatewayContext;
  readonly #refusals: Refusals;
  #trouble: string | undefined = "not listening yet";
  readonly #broker: Aedes;
  readonly #clients: Clients;
  readonly #admission: AdmissionDesk;
  readonly #connections: Connections;
  readonly #doors: ReturnType<CreateDoors>;
  readonly #claims: UserClaims;
  readonly #fanOut: PushFanOut;
  readonly #sessions: SessionRegistry<Client>;
  readonly #topics: SessionTopics | undefined;
  #stopTicking: (() => void) | undefined = undefined;
  #closed: Promise<void> | undefined = undefined;

  constructor(options: GatewayOptions) {
    const { config, dispatcher, log, rpc, onSessionEnd, sessionData, network } = options;
    const limits = completeLimits(config.limits);
    this.#time = options.clock ?? systemClock;
    const refusals = new Refusals(log, this.#clock);
    this.#refusals = refusals;
    const routes = withOwnRoutes(options.routes);
    this.#context = {
      routes,
      dispatcher: new OwnMethods(dispatcher, limits.resumeMs),
      replies: new Replies(routes.failures),
      limits,
      counters: this.counters,
      refusals,
      load: new Load(this.#time),
      tally: new CallTally(),
      clock: this.#clock,
      time: this.#time,
      log,
      isStopping: false,
    };
    this.#topics = network && new SessionTopics({ transports: network.transports, log });
    this.#claims = new UserClaims({
      policy: config.sessionsPerUser ?? "allow",
      time: this.#time,
      members: (userId) => this.#sessions.members({ kind: "user", id: userId }),
      announce: network?.announceClaim,
    });
    const sessions = new SessionRegistry<Client>({
      groupsPerSession: limits.groups,
      node: network?.node,
      topics: this.#topics,
      claim: (session, userId) => this.#claims.claim(session, userId),
      data: sessionData,
    });
    this.#sessions = sessions;
    const channels = new PushChannels(routes);
    this.#fanOut = new PushFanOut(channels, sessions);
    this.#clients = new Clients(this.#context, {
      sessions,
      channels,
      pushes: this.#fanOut,
      onSessionEnd: ({ session }) => onSessionEnd(session),
    });
    this.#broker = createBroker(log, limits.connectMs);
    this.#admission = new AdmissionDesk(this.#context, this.#clients, { config, rpc });
    this.#connections = new Connections(this.#context, {
      broker: this.#broker,
      admission: this.#admission,
      clients: this.#clients,
    });
    const readiness = () => this.#trouble ?? options.readiness?.();
    const createDoors =
      options.createDoors ?? ((receive) => new Doors({ config, limits, log, refusals, readiness, receive }));
    this.#doors = createDoors((transport) => this.#connections.receive(transport));
  }

  async listen(): Promise<Addresses> {
    await this.#broker.listen();
    this.#stopTicking = this.#time.every(tick, () => {
      this.#clock.seconds++;
      this.#refusals.sweep();
      this.#connections.closeSilent();
      this.#clients.sweep();
      this.#topics?.sweep();
    });
    try {
      await this.#topics?.hold(topicOf({ kind: "all" }));
      const addresses = await this.#doors.open();
      this.#trouble = undefined;
      return addresses;
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

  dropSession(id: string): void {
    this.#sessions
      .find(id)
      ?.client.drop("the modules could not reach this gateway, and took the session for ended");
  }

  hearClaim(claim: UserClaim): void {
    this.#claims.hear(claim);
  }

  findSession(id: string): Session | undefined {
    return this.#sessions.find(id);
  }

  get refusals(): RefusalCounts {
    return this.#refusals.counts;
  }

  look(): GatewayState {
    const { load, tally } = this.#context;
    return {
      connections: this.#connections.size,
      sessions: this.#sessions.size,
      callsInFlight: load.running,
      authenticating: this.#admission.line.inside,
      authenticationQueue: this.#admission.line.waiting,
      queuedBytes: this.#connections.countQueuedBytes(),
      calls: tally.all(),
      pushes: this.#fanOut.tallies(),
      refusals: this.refusals,
      counters: this.counters,
    };
  }

  async stopAccepting(): Promise<void> {
    this.#context.isStopping = true;
    this.#trouble = "stopping";
    this.#doors.shut();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.stopAccepting();
    this.#clients.endAway();
    await this.#connections.closeAll(patience);
    await this.#doors.close();
    this.#stopTicking?.();
    await new Promise<void>((resolve) => this.#broker.close(resolve));
  }
}
