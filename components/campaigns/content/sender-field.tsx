"use client";

import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useTRPC } from "@/server/trpc/react";

const USUAL = "usual";

type SenderFieldProps = { senderName: string | null; onChange: (senderName: string | null) => void };

/** Whom the mail comes from: one of the workspace's names. Not shown while there is only one. */
export function SenderField({ senderName, onChange }: SenderFieldProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.branding.get.queryOptions());
  if (!data) return null;
  const { branding, workspaceName, fromAddress } = data;
  const usual = branding.senderNames[0] ?? (branding.companyName || workspaceName);
  // One that was taken off the list later still stands in this campaign.
  const names = [...new Set([...branding.senderNames.slice(1), ...(senderName ? [senderName] : [])])].filter(
    (name) => name !== usual,
  );
  if (names.length === 0) return null;
  return (
    <Field label="From" help={`Sent from ${fromAddress}.`}>
      <Select
        value={senderName ?? USUAL}
        options={[{ value: USUAL, label: usual }, ...names.map((name) => ({ value: name, label: name }))]}
        onValueChange={(name) => onChange(name === USUAL ? null : name)}
      />
    </Field>
  );
}
