import type { Transaction } from "@/db/transaction";
import { listedTypes } from "@/server/automations/schemas";
import type { Channel } from "@/server/channels/status";
import { sampleCallbackUrl, sampleShortUrl, targetOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { compileBodies, type RenderTarget } from "@/server/templates";
import { CALLBACK_LINK } from "@/server/templates/schemas";
import { sampleCustomer } from "./sample-customer";
import type { Audience } from "./schemas";
import { type Content, ownWorkspace, snapshotOf } from "./snapshot";

type SampleAsked = {
  content: Content & { name: string };
  audience: Audience;
  channel: Channel;
  /** Absent: the customer's own. */
  language?: string | undefined;
  customerId?: string | undefined;
  turn: number;
  /** Of the policies that a list names; absent: those that the schedule asks for. */
  policyTypes?: string[] | undefined;
  /** What a link becomes; absent: it leads straight to its target. */
  linkOf?: ((target: string) => string) | undefined;
  /** The short address of a link by its number; absent: one that is as long and leads nowhere. */
  shortOf?: ((index: number) => string) | undefined;
  /** What differs from a copy without counting: marks, say. */
  target?: Partial<RenderTarget>;
};

/**
 * Renders one message of content, saved or not, as one customer would get it, with everything that stands around it. Links
 * keep their own targets and nothing is counted. `rendered` is null while nobody is there or nothing is written.
 * @throws AppError NOT_FOUND for a foreign customer
 */
export async function renderSample(tx: Transaction, ctx: Context, asked: SampleAsked) {
  const { audience, channel, language, customerId, turn } = asked;
  const workspace = await ownWorkspace(tx, ctx);
  const snapshot = await snapshotOf(tx, ctx, asked.content, workspace);
  const compiled = compileBodies(snapshot);
  const { used } = compiled.tags([channel]);
  const { schedule } = asked.content;
  const { policyTypes = schedule?.kind === "automated" ? listedTypes(schedule.triggers) : [] } = asked;
  const customer = await sampleCustomer(tx, ctx, {
    ...{ customerId, audience, turn, used, policyTypes },
    reads: language,
  });
  const body = compiled.body(channel, language ?? customer?.language ?? "en");
  const render = await body?.renderer();
  const target = targetOf(snapshot, body?.language ?? "en", workspace.locale);
  const targets = compiled.links.map((url) => (url === CALLBACK_LINK ? sampleCallbackUrl() : url));
  const link = (index: number) => {
    const own = targets[index] ?? "#";
    return asked.linkOf ? asked.linkOf(own) : own;
  };
  const rendered =
    customer && body && render
      ? render(customer.values(target.locale, snapshot.attributes), {
          ...target,
          linkUrl: link,
          // As long as the one that is sent: it decides how many parts an SMS has.
          shortUrl: (index) =>
            snapshot.tracking.clicks ? (asked.shortOf ?? sampleShortUrl)(index) : link(index),
          // Service messages carry no way out of promotion; the others show where it will stand.
          unsubscribeUrl: snapshot.purpose === "promotional" ? "#unsubscribe" : null,
          preferencesUrl: "#preferences",
          pixelUrl: null,
          ...asked.target,
        })
      : null;
  return { snapshot, compiled, targets, customer, body, rendered };
}
