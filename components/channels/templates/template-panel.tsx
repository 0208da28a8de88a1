"use client";

import { Pencil, Send, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/components/ui/use-url";
import { useAct } from "@/components/workspaces/use-act";
import { templateProblems } from "@/server/channels/content";
import type { WhatsAppTemplateLine } from "@/server/channels/whatsapp-templates/list-templates";
import { useTRPCClient } from "@/server/trpc/react";
import { TemplatePreview } from "./template-preview";
import { approvalLooks, languageLabel, rejectionWords, templateCategoryLabels } from "./template-words";

/** One template on a phone, with what Meta said of it and what can be done next. */
export function TemplatePanel({ template }: { template: WhatsAppTemplateLine }) {
  const client = useTRPCClient();
  const router = useRouter();
  const { openHref } = useUrl();
  const { act, pending } = useAct();
  const { id: templateId, name, approval, submitted } = template;
  const problems = approval === "draft" ? templateProblems(template) : [];
  const mayEdit = approval !== "submitted" && approval !== "disabled";
  return (
    <SidePanel
      title={name}
      status={<StatusBadge {...approvalLooks[approval]} />}
      actions={
        !submitted && (
          <ConfirmDialog
            title={`Delete the draft ${name}?`}
            description="Meta never had it. Nothing else uses its words."
            confirmLabel="Delete the draft"
            cancelLabel="Keep it"
            trigger={
              <IconButton label={`Delete ${name}`} tooltip={false} size="sm" icon={<Trash2 aria-hidden />} />
            }
            onConfirm={async () => {
              await client.channels.deleteTemplate.mutate({ templateId });
              toast.success("The draft was deleted");
              router.push(openHref(null), { scroll: false });
            }}
          />
        )
      }
      footer={
        mayEdit && (
          <>
            <Button asChild>
              <Link href={`/settings/channels/templates/${templateId}`}>
                <Pencil aria-hidden />
                Edit
              </Link>
            </Button>
            {approval === "draft" && (
              <Button
                variant="primary"
                icon={<Send aria-hidden />}
                loading={pending}
                disabled={problems.length > 0}
                onClick={() =>
                  act(
                    () => client.channels.submitTemplate.mutate({ templateId }),
                    "Submitted; the answer shows here by itself",
                  )
                }
              >
                Submit for approval
              </Button>
            )}
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted text-sm">
          {templateCategoryLabels[template.category]} · {languageLabel(template.language)} ·{" "}
          {template.accountName}
        </p>
        {approval === "rejected" && (
          <Notice tone="danger" title="Meta refused it">
            {template.rejection ? rejectionWords(template.rejection) : "Meta gave no reason."} Change it and
            submit it again.
          </Notice>
        )}
        {approval === "paused" && (
          <Notice tone="attention" title="Meta has paused it">
            Too many people blocked it or marked it as unwanted. Campaigns with it hold until Meta lets it go
            on.
          </Notice>
        )}
        {approval === "disabled" && (
          <Notice tone="danger" title="It cannot be used any more">
            {template.rejection ?? "Meta has switched it off."}
          </Notice>
        )}
        {approval === "submitted" && (
          <Notice title="Meta is looking at it">
            Often it takes minutes, at most a day. The answer shows here by itself.
          </Notice>
        )}
        {problems.length > 0 && (
          <Notice tone="attention" title="Before it can be submitted">
            <ul className="list-disc pl-4">
              {problems.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
        <div className="flex justify-center">
          <TemplatePreview sender={template.accountName} parts={template.parts} />
        </div>
      </div>
    </SidePanel>
  );
}
