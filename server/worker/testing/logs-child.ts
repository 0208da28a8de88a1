import { sql } from "drizzle-orm";
import postgres from "postgres";
import { POST as askForCall } from "@/app/(public)/call-me/[token]/route";
import { POST as sendEvents } from "@/app/api/v1/[...path]/route";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { createKey } from "@/server/api-keys";
import { formUrl } from "@/server/callbacks/links";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { replyAsCustomer } from "@/server/inbox/reply";
import { newId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { Loop } from "../loop";
import { startWorker } from "../worker";

/**
 * A day of one customer, in a process of its own whose every line of log is kept: events come in, good ones and broken ones, a
 * message goes out, the customer replies and asks for a call. The argument holds the values that no log may hold.
 */
type Marks = Record<"name" | "phone" | "email" | "words", string>;
const marks = JSON.parse(process.argv[2] ?? "{}") as Marks;
const owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
const workspaceId = await makeWorkspace(owner);
const admin = await makeMember(owner, workspaceId);
const { key } = await createKey(admin, { name: "CRM", scopes: ["events:write"] });

const send = (body: string) =>
  sendEvents(
    new Request("http://ringback.test/api/v1/events", {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    }),
  );
const event = (more: object = {}) => ({
  name: "inquiry",
  customer: { external_id: marks.words, name: marks.name, phone: marks.phone, email: marks.email },
  properties: { product: marks.words },
  ...more,
});
const statuses = [
  await send(JSON.stringify({ create_customers: true, events: [event()] })),
  await send(`{"events": [${marks.email}`),
  await send(JSON.stringify({ events: [event({ name: marks.name })] })),
  // The database refuses this one, with all its values at hand.
  await send(JSON.stringify({ events: [event({ occurred_at: "0000-01-01T00:00:00Z" })] })),
].map(({ status }) => status);

await grantConsent(owner, workspaceId);
const campaign = await makeLaunchedCampaign(owner, workspaceId, {
  body: `Dear {{customer_name}}, ${marks.words}`,
});
await freezeRun(admin, campaign);
const worker = await startWorker({ port: 0, engine: false });
const firstMessage = async (): Promise<string> => {
  for (;;) {
    const [row] = await owner<{ id: string }[]>`select id from sandbox_messages`;
    if (row) return row.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
await replyAsCustomer(admin, {
  messageId: await firstMessage(),
  text: `STOP ${marks.words}`,
  replyId: newId(),
});

const token = formUrl(workspaceId).split("/").at(-1) ?? "";
const form = (phone: string) =>
  askForCall(
    new Request(`http://ringback.test/call-me/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        name: marks.name,
        phone,
        about: "claim",
        words: marks.words,
        key: newId(),
      }),
    }),
    { params: Promise.resolve({ token }) },
  );
statuses.push((await form(marks.phone)).status, (await form(marks.words)).status);

/** A statement that fails with values at hand, as a loop and as a door would write it down. */
const failing = () =>
  withTransaction({ workspaceId }, (tx) => tx.execute(sql`select ${marks.name}::uuid, ${marks.email}::text`));
const loop = new Loop("failing", 10, async () => (await failing()).length > 0);
loop.start();
await loop.stop();
await failing().catch((error: unknown) => loggerFor("doors").error({ err: error }, "a door failed"));
await owner`select ${marks.phone}::int`.catch((error: unknown) =>
  loggerFor("hot").error(
    { err: error, message: (error as Error).message, code: (error as { code: string }).code },
    "hot",
  ),
);
await worker.stop();
await owner.end();
loggerFor("test").info({ statuses }, "the day is over");
