import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { sendRequestedMail } from "./mail";

/** Sends a mail of the product itself: invitation, password reset. Tried again while the mail server is away. */
export const sendSystemMailJob = inngest.createFunction(
  { id: "send-system-mail", retries: 8, triggers: [{ event: "mail/requested" }] },
  async ({ event, step }) => {
    const { workspaceId, mailId } = event.data as { workspaceId: string; mailId: string };
    await step.run("send", () => sendRequestedMail(systemContext(workspaceId), mailId));
  },
);
