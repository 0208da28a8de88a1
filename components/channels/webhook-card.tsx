"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyField } from "@/components/ui/copy-field";
import { toast } from "@/components/ui/toaster";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { useTRPCClient } from "@/server/trpc/react";
import { webhookSteps } from "./provider-fields";

const rotations = {
  meta: {
    button: "New verify token",
    title: "Make a new verify token?",
    description:
      "The one that Meta has is worth nothing from then on. Deliveries and replies keep coming; Meta asks for the new one when you save the webhook again.",
  },
  msg91: {
    button: "New key",
    title: "Make a new key for the address?",
    description:
      "Delivery reports to the old address are refused at once. Paste the new address at MSG91 right after.",
  },
} as const;

/** What to paste into the provider's console, so that deliveries and replies come back. */
export function WebhookCard({ account }: { account: AccountDetail }) {
  const client = useTRPCClient();
  const { webhook, provider } = account;
  if (!webhook || (provider !== "meta" && provider !== "twilio" && provider !== "msg91")) return null;
  const rotation = provider === "twilio" ? null : rotations[provider];
  return (
    <Card
      title="Deliveries and replies"
      description="The provider posts here what becomes of each message, and what people answer."
      actions={
        rotation && (
          <ConfirmDialog
            title={rotation.title}
            description={rotation.description}
            confirmLabel={rotation.button}
            cancelLabel="Keep the present one"
            danger={false}
            trigger={
              <Button size="sm" icon={<RotateCw aria-hidden />}>
                {rotation.button}
              </Button>
            }
            onConfirm={async () => {
              await client.channels.rotateWebhook.mutate({ accountId: account.id });
              toast.success("Made anew", { description: "Copy it, and paste it at the provider." });
            }}
          />
        )
      }
    >
      <div className="flex flex-col gap-4">
        <CopyField label={provider === "meta" ? "Callback URL" : "Webhook address"} value={webhook.address} />
        {webhook.verifyToken && <CopyField label="Verify token" value={webhook.verifyToken} />}
        <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-muted text-sm">
          {webhookSteps[provider].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
