import { afterAll, beforeAll, beforeEach } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { accountFor, closeAdapters } from "..";
import { MetaFake } from "../meta/testing/fake";
import { Msg91Fake, msg91Settings } from "../msg91/testing/fake";
import type { Channel, Provider } from "../status";
import { makeAccount } from "../testing/accounts";
import { openDoor } from "../testing/door";
import { describeLife, type Life } from "../testing/life";
import { sms, whatsapp } from "../testing/messages";
import { TwilioFake } from "../twilio/testing/fake";
import { webhookAddress } from "../webhook-address";
import { processReceipts, type ReceivedEvent } from "./process";

const db = await testDatabase();
const fakes = { meta: new MetaFake(), twilio: new TwilioFake(), msg91: new Msg91Fake() };
const { meta, twilio, msg91 } = fakes;
let door: Awaited<ReturnType<typeof openDoor>>;
let workspaceId: string;

beforeAll(async () => {
  await Promise.all(Object.values(fakes).map((fake) => fake.start()));
  Object.assign(env, { META_API_URL: meta.url, TWILIO_API_URL: twilio.url, MSG91_API_URL: msg91.url });
  door = await openDoor();
});
afterAll(async () => {
  await closeAdapters();
  await Promise.all([...Object.values(fakes).map((fake) => fake.stop()), door.close()]);
});
beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  await db.owner`delete from webhook_receipts`;
});

const shared: Pick<Life, "arrived" | "later"> = {
  arrived: async () => {
    const got: ReceivedEvent["event"][] = [];
    await processReceipts(async (_ctx, events) => {
      got.push(...events.map(({ event }) => event));
    });
    return got;
  },
  later: (interval) => db.moveClock(interval),
};

/** Connects an account, sends one message through it and gives the provider our door. */
async function send(channel: Channel, provider: Exclude<Provider, "sandbox" | "smtp">): Promise<void> {
  const id = await makeAccount(db.owner, workspaceId, { channel, provider });
  fakes[provider].door = webhookAddress({ id, provider });
  const { adapter } = await withHotTransaction(workspaceId, (sql) => accountFor(sql, workspaceId, channel));
  const message = channel === "whatsapp" ? whatsapp() : sms();
  await adapter.send(workspaceId, [message], { start: () => true, finish: () => {} });
}

function last<Sent>(sent: readonly Sent[]): Sent {
  const message = sent.at(-1);
  if (!message) throw new Error("nothing was sent");
  return message;
}

describeLife("Meta", {
  ...shared,
  stages: ["delivered", "read", "failed"],
  begin: async () => {
    await send("whatsapp", "meta");
    const message = last(meta.messages);
    return {
      publicId: message.publicId,
      tell: (stage) =>
        meta.tell(message, stage, stage === "failed" ? { code: 131_026, title: "Undeliverable" } : undefined),
    };
  },
});

describeLife("Twilio", {
  ...shared,
  stages: ["delivered", "read", "failed"],
  begin: async () => {
    await send("sms", "twilio");
    const message = last(twilio.messages);
    return {
      publicId: new URL(message.form.StatusCallback ?? "").searchParams.get("id") ?? "",
      tell: (stage) => twilio.tell(message, stage, stage === "failed" ? 30_005 : undefined),
    };
  },
});

describeLife("MSG91", {
  ...shared,
  // An SMS has no receipt for reading.
  stages: ["delivered", "failed"],
  begin: async () => {
    const text = sms();
    if (text.content.channel !== "sms" || !text.content.dlt) throw new Error("no registered text");
    await db.owner`
      insert into dlt_templates (id, workspace_id, entity_id, header, template_id, name, category, language, text, provider_id)
      values (gen_random_uuid(), ${workspaceId}, ${msg91Settings.entityId}, 'SURKSH', ${text.content.dlt.templateId}, 'Renewal',
        'service_implicit', 'en', 'Dear {#var#}, renew {#var#}', 'flow-1')`;
    await send("sms", "msg91");
    const message = last(msg91.messages);
    return {
      publicId: message.publicId,
      tell: (stage) =>
        msg91.report([
          stage === "failed"
            ? { message, status: "17", desc: "BLOCKED" }
            : { message, status: "1", desc: "DELIVERED" },
        ]),
    };
  },
});
