"use client";

import { FilePen } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { errorDetails, errorMessage } from "@/components/campaigns/error-details";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import { channelLabels } from "@/server/channels/status";
import { type LinkKey, linkLabels } from "@/server/template-library/schemas";
import type { LeftOut } from "@/server/template-library/use";
import { useTRPCClient } from "@/server/trpc/react";
import { type LinkErrors, LinkFields } from "./link-fields";

type UseButtonProps = { id: string; name: string; size?: "sm" | "md"; primary?: boolean };

/** Begins a draft with the template and opens its builder. Asks where its button leads, the first time only. */
export function UseButton({ id, name, size = "md", primary = false }: UseButtonProps) {
  const router = useRouter();
  const client = useTRPCClient();
  const [working, setWorking] = useState(false);
  const [asked, setAsked] = useState<LinkKey | null>(null);
  const [links, setLinks] = useState<Partial<Record<LinkKey, string>>>({});
  const [errors, setErrors] = useState<LinkErrors>({});
  const begin = async () => {
    setWorking(true);
    setErrors({});
    try {
      const { campaignId, leftOut } = await client.templates.use.mutate({ id, links });
      toast.success(`A draft from “${name}”`, leftOut.length > 0 ? { description: wordsOf(leftOut) } : {});
      router.push(`/campaigns/${campaignId}/edit?tab=content`);
      return;
    } catch (error) {
      const { code, field } = errorDetails(error);
      const key = typeof field === "string" && field in linkLabels ? (field as LinkKey) : null;
      if (key && code === "links_missing") setAsked(key);
      else if (key) setErrors({ [key]: errorMessage(error) });
      else toast.error("The draft was not made", { description: errorMessage(error) });
    }
    setWorking(false);
  };
  return (
    <>
      <Button
        size={size}
        variant={primary ? "primary" : "secondary"}
        icon={<FilePen aria-hidden />}
        loading={working && asked === null}
        aria-label={primary ? undefined : `Use ${name}`}
        onClick={() => void begin()}
      >
        Use
      </Button>
      {asked && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title="Where does the button lead?"
          description="The template has a button. Say once which page of yours it opens; it is remembered for all templates."
          footer={
            <>
              <Button onClick={() => setAsked(null)}>Not now</Button>
              <Button
                variant="primary"
                loading={working}
                disabled={!links[asked]?.trim()}
                onClick={() => void begin()}
              >
                Use the template
              </Button>
            </>
          }
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void begin();
            }}
          >
            <LinkFields keys={[asked]} links={links} errors={errors} onChange={setLinks} />
          </form>
        </Dialog>
      )}
    </>
  );
}

const reasons = {
  not_approved: "until WhatsApp has approved the template, which is written down as a draft",
  not_registered: "until the text is registered (DLT) and imported",
} as const satisfies Record<LeftOut["reason"], string>;

const wordsOf = (leftOut: readonly LeftOut[]): string =>
  leftOut
    .map(({ channel, reason }) => `${channelLabels[channel]} is filled in and left out ${reasons[reason]}.`)
    .join(" ");
