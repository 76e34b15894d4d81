import { vi } from "vitest";
import type {
  Address,
  Delivery,
  Frame,
  NodeId,
  TransportListener,
  Undelivered,
} from "../../runtime/transport/transport.js";

/** Keeps all that a transport says. */
export class Inbox implements TransportListener {
  readonly frames: Frame[] = [];
  readonly deliveries: Delivery[] = [];
  readonly undelivered: { readonly frame: Frame; readonly address: Address; readonly why: Undelivered }[] =
    [];
  readonly gone: NodeId[] = [];

  onFrame(frame: Frame, delivery: Delivery): void {
    this.frames.push(frame);
    this.deliveries.push(delivery);
  }

  onUndelivered(frame: Frame, address: Address, why: Undelivered): void {
    this.undelivered.push({ frame, address, why });
  }

  onInterrupted(): void {
    throw new Error("threads are never interrupted");
  }

  onNodeGone(node: NodeId): void {
    this.gone.push(node);
  }

  /** Resolves once there are so many frames, and empties the inbox. */
  async take(count: number): Promise<Frame[]> {
    await until(() => this.frames.length >= count);
    this.deliveries.length = 0;
    return this.frames.splice(0);
  }
}

/** Resolves once it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, { timeout: 15_000, interval: 5 });
}
