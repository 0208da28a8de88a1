import { expect, test } from "vitest";
import { AppError, notFound } from "@/server/platform/errors";
import type { OutboundMessage, WhatsAppContent } from "../adapter";
import { FileUnavailable } from "../files";
import { metaAdapter } from ".";
import { metaSettings } from "./testing/fake";

const message: OutboundMessage<WhatsAppContent> = {
  publicId: "abc",
  campaignId: null,
  customerId: null,
  kind: "campaign",
  to: { name: "Asha", address: "+919812345678" },
  content: {
    channel: "whatsapp",
    text: "Dear Asha",
    template: {
      name: "renewal_reminder",
      language: "en",
      category: "utility",
      variables: [],
      header: { kind: "image", fileId: "f" },
      title: null,
      footer: null,
      buttons: [],
    },
  },
};

const sendWith = async (cause: AppError) => {
  const { phoneNumberId, businessAccountId, accessToken, appSecret } = metaSettings;
  const adapter = metaAdapter(
    { phoneNumberId, businessAccountId, displayNumber: "" },
    { accessToken, appSecret },
    async () => {
      throw new FileUnavailable(cause);
    },
  );
  const begun: number[] = [];
  const outcomes = await adapter.send("w", [message, message], {
    start: (index) => begun.push(index) > 0,
    finish: () => {},
  });
  await adapter.close();
  return { begun: begun.length, outcomes };
};

test("while the storage is away, the picture's campaign waits; nothing is said about Meta", async () => {
  const { begun, outcomes } = await sendWith(
    new AppError("UNAVAILABLE", "The file storage does not answer."),
  );
  expect(begun).toBe(0);
  expect(outcomes).toContainEqual({
    kind: "unprepared",
    why: "a file that goes with them cannot be had: The file storage does not answer.",
  });
  expect(outcomes.map(({ kind }) => kind)).not.toContain("unreachable");
});

test("a picture that is gone is a matter of what the campaign sends", async () => {
  const { outcomes } = await sendWith(notFound("file"));
  expect(outcomes).toContainEqual(
    expect.objectContaining({ kind: "configuration", scope: "content", begun: false }),
  );
});
