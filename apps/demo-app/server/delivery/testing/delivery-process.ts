import { createOutboxWorker } from "@onceflow/notifications";
import { type DeliveryPlace, issueAndQueue, mailUser, openDelivery } from "./open-delivery.ts";

/** Where a process stands still until it is killed. */
export type StandStill = "issued" | "added" | "claimed" | "accepted" | "marked";

/** What a process is told. */
export interface DeliveryOrder extends DeliveryPlace {
  /** Issues a code in this run and queues its mail first; null: only sends what waits. */
  readonly runId: string | null;
  readonly standStillAt: StandStill | null;
}

// Says "ready", takes one order, and says where it stands still, or how many messages it sent.
process.once("message", (order: DeliveryOrder) => void deliver(order));
process.send?.("ready");

async function deliver({ runId, standStillAt, ...place }: DeliveryOrder): Promise<void> {
  const at = async (point: StandStill): Promise<void> => {
    if (point !== standStillAt) return;
    process.send?.(point);
    await new Promise(() => {});
  };
  const delivery = await openDelivery(place);
  const { outbox } = delivery.parts;
  const worker = createOutboxWorker({
    ...delivery.parts,
    outbox: {
      ...outbox,
      async claim(options) {
        const claimed = await outbox.claim(options);
        if (claimed.length > 0) await at("claimed");
        return claimed;
      },
      async markSent(claim) {
        await at("accepted");
        await outbox.markSent(claim);
        await at("marked");
      },
    },
    onTrouble: (error) => {
      throw error;
    },
  });
  if (runId !== null) {
    await issueAndQueue(delivery, { runId, user: mailUser("dana"), onIssued: () => at("issued") });
    await at("added");
  }
  const sent = await worker.drain();
  await delivery.close();
  process.send?.(sent, () => process.disconnect());
}
