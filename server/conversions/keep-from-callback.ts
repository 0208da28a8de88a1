import type { Transaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { keepConversions } from "./keep";

type Sold = {
  callbackId: string;
  /** A request that is opened again can sell again. */
  cycle: number;
  customerId: string;
  /** The campaign that caused the call: only it may be credited then. */
  campaignId: string | null;
  /** Micro-units of the workspace's currency. */
  value: bigint;
};

/** Keeps what was sold on a call as a conversion, in the transaction that closes the request; the same close twice is one. */
export async function keepFromCallback(tx: Transaction, ctx: Context, sold: Sold): Promise<void> {
  await touchCustomers(tx, ctx, [sold.customerId], ["conversion"]);
  await keepConversions(tx, ctx, {
    source: "callback",
    drafts: [
      {
        customerId: sold.customerId,
        eventId: null,
        externalId: `callback:${sold.callbackId}:${sold.cycle}`,
        name: null,
        onlyCampaignId: sold.campaignId,
        value: sold.value,
        currency: null,
        policyNumber: null,
        autoDebit: null,
        occurredAt: null,
      },
    ],
  });
}
