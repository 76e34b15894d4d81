/**
 * One message between nodes: an array of what MessagePack can hold, made by codecs. A transport moves it and
 * knows nothing of what it says. Whoever hands a frame over does not touch it any more, nor the bytes in it.
 */
export type Frame = readonly unknown[];

/** A node is one thread that runs modules or a gateway. Its id is unique among all nodes of the application. */
export type NodeId = string;

/** Where frames go. */
export type Address =
  /** To one of the nodes that take calls to the module. */
  | { readonly kind: "module"; readonly module: string }
  | { readonly kind: "node"; readonly node: NodeId }
  /** To every node that listens to the topic, of which there may be none. */
  | { readonly kind: "topic"; readonly topic: string };

/** A way to one address. Made once and used for many frames. */
export interface Lane {
  readonly address: Address;
  /**
   * Sends a frame, together with all others of this turn of the event loop. Frames to one address arrive
   * in the order of sending, if they arrive. Never throws, and never blocks: what waits is bounded, and
   * what does not fit comes back through `onUndelivered`.
   *
   * @param lifetime milliseconds for which the frame is of use; it may be dropped afterwards
   * @returns the node that it goes to, where that is known
   */
  send(frame: Frame, lifetime: number): NodeId | undefined;
}

/** Why a frame came back. */
export type Undelivered =
  /** No node serves the address. */
  | "nobody"
  /** Too much waits to be sent. */
  | "full";

/** A message that brought frames. */
export interface Delivery {
  /** The node that sent it. */
  readonly from: NodeId;
  /** Whether a node may have had it before, and may have died of it. */
  readonly redelivered: boolean;
  /**
   * Called once for each frame, when nothing would be lost by losing it. The message is acknowledged when
   * that has happened to all of its frames.
   */
  done(): void;
}

/** Hears from a transport. */
export interface TransportListener {
  onFrame(frame: Frame, delivery: Delivery): void;
  /** A frame that was sent by a lane comes back. Not called before `send` has returned. */
  onUndelivered(frame: Frame, address: Address, why: Undelivered): void;
  /** Any frame that was sent before may be lost, and so may any answer. What is sent from now on is not. */
  onInterrupted(): void;
  /**
   * Frames for a module that this node serves are lost, as far as no node had taken them. Nobody tells those
   * who sent them. Not every transport can lose frames like that.
   */
  onSwept?(module: string): void;
  /** A node is gone, for good, and with it the frames that it had. */
  onNodeGone(node: NodeId): void;
}

/** Moves frames between nodes. Each node has one for each kind of connection that it keeps. */
export interface Transport {
  /** Begins to deliver. Called once. */
  listen(listener: TransportListener): void;
  lane(address: Address): Lane;
  /** Takes frames for a module from now on. Resolves once a frame sent by anybody would come here. */
  serve(module: string): Promise<void>;
  /** Takes no more frames for a module. Resolves once none will come any more. */
  retire(module: string): Promise<void>;
  /** Takes frames for a topic from now on. Resolves once a frame sent by anybody would come here. */
  subscribe(topic: string): Promise<void>;
  unsubscribe(topic: string): Promise<void>;
  /** Sends what still waits, acknowledges what is done, and goes. */
  close(): Promise<void>;
}
