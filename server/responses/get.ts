import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { maskerFor } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type ConversationPart, readConversation } from "./conversation";
import { type Explanation, explainClass, foundWords } from "./explain";
import { type FollowUpState, type ResponseClass, responseReaders } from "./status";

export type ResponseDetail = {
  id: string;
  channel: Channel;
  /** Masked for roles that read addresses so; null once erased. */
  from: string | null;
  text: string;
  class: ResponseClass;
  /** Why the rules gave the class that they gave, and how the sender was found. */
  because: string;
  found: string;
  /** Every correction by a person, the latest last. */
  corrections: { from: ResponseClass; to: ResponseClass; byName: string | null; at: string }[];
  followUp: FollowUpState;
  /** Who answers it; null while nobody does. */
  assignee: { id: string; name: string } | null;
  note: string;
  customer: { id: string; name: string; stopState: string | null } | null;
  campaign: { id: string; name: string } | null;
  /** ISO instants. */
  at: string;
  handledAt: string | null;
  /** What went to and fro with this person on this channel, oldest first; ends with the present. */
  conversation: ConversationPart[];
};

type Row = Pick<
  ResponseDetail,
  "id" | "channel" | "text" | "class" | "followUp" | "note" | "at" | "handledAt"
> & {
  from: string | null;
  rule: string;
  explanation: Explanation;
  customerId: string | null;
  customerName: string | null;
  stopState: string | null;
  campaignId: string | null;
  campaignName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
};

/** One response with what led to it. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getResponse(ctx: Context, input: { responseId: string }): Promise<ResponseDetail> {
  requireRole(ctx, ...responseReaders);
  const id = parseId(input.responseId);
  return withTransaction(ctx, async (tx) => {
    const masker = await maskerFor(tx, ctx);
    const [found] = await tx.execute<Row>(sql`
      select r.id, r.channel, r.from_address as "from", r.text, r.class, r.classified_by as rule, r.explanation,
        r.follow_up as "followUp", r.note, to_json(r.received_at) #>> '{}' as at,
        to_json(r.handled_at) #>> '{}' as "handledAt",
        c.id as "customerId", c.name as "customerName", c.stop_state as "stopState", p.id as "campaignId",
        p.name as "campaignName", m.id as "assigneeId", u.name as "assigneeName"
      from responses r left join memberships m on m.id = r.assignee_id and m.status = 'active'
      left join users u on u.id = m.user_id left join customers c on c.id = r.customer_id and c.erased_at is null
      left join campaigns p on p.id = r.campaign_id
      where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`);
    const row = required(found, "response");
    const { corrections = [], by = "nobody", rule: first } = row.explanation;
    const people = [...new Set(corrections.flatMap((each) => each.by ?? []))];
    const names = await tx.execute<{ id: string; name: string }>(
      sql`select id, name from users where id = any(${sql.param(people)}::uuid[])`,
    );
    return {
      id: row.id,
      channel: row.channel,
      from: masker.address(row.from),
      text: masker.text(row.text),
      class: row.class,
      because: explainClass(first ?? row.rule, row.explanation),
      found: foundWords[by],
      corrections: corrections.map(({ by: person, ...each }) => ({
        ...each,
        byName: names.find((name) => name.id === person)?.name ?? null,
      })),
      followUp: row.followUp,
      assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? "" },
      note: row.note,
      customer:
        row.customerId === null
          ? null
          : { id: row.customerId, name: row.customerName ?? "", stopState: row.stopState },
      campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName ?? "" },
      at: row.at,
      handledAt: row.handledAt,
      conversation: await readConversation(tx, ctx, {
        channel: row.channel,
        customerId: row.customerId,
        address: row.from,
        masker,
      }),
    };
  });
}
