"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useTRPC } from "@/server/trpc/react";
import { ShareLinks } from "./share-links";

const choices = [
  { value: "1", label: "1 day" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
];

/** Makes a link to the figures that anybody can read until it expires. */
export function ShareDialog({ campaignId, zone }: { campaignId: string; zone: string }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState("7");
  const queryClient = useQueryClient();
  const share = useMutation(
    trpc.analytics.shareReport.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.analytics.reportLinks.queryFilter({ campaignId })),
    }),
  );
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    toast.success("Link copied");
  };
  return (
    <>
      <Button
        size="sm"
        icon={<Link2 aria-hidden />}
        onClick={() => {
          share.reset();
          setOpen(true);
        }}
      >
        Share
      </Button>
      <Dialog
        title="Share the figures"
        description="Anybody who has the link reads the report until it expires. It shows no customers and no content, and can be taken back here."
        open={open}
        onOpenChange={setOpen}
      >
        <div className="flex flex-col gap-4 pt-2">
          {share.isError && <Notice tone="danger">{share.error.message}</Notice>}
          {share.data ? (
            <>
              <Field label="Link">
                <Input readOnly value={share.data.url} onFocus={(event) => event.target.select()} />
              </Field>
              <Button className="w-fit" variant="primary" onClick={() => void copy(share.data.url)}>
                Copy link
              </Button>
            </>
          ) : (
            <>
              <Field label="Works for">
                <Select value={days} options={choices} onValueChange={setDays} />
              </Field>
              <Button
                className="w-fit"
                variant="primary"
                loading={share.isPending}
                onClick={() => share.mutate({ campaignId, days: Number(days) })}
              >
                Make a link
              </Button>
            </>
          )}
          {open && <ShareLinks campaignId={campaignId} zone={zone} onCopy={copy} />}
        </div>
      </Dialog>
    </>
  );
}
