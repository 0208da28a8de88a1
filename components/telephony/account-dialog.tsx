"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import type { TelephonyAccountLine } from "@/server/telephony/accounts/list-accounts";
import { saveAccountInput } from "@/server/telephony/schemas";
import { type TelephonyProvider, telephonyProviderKeys, telephonyProviders } from "@/server/telephony/status";
import { useTRPCClient } from "@/server/trpc/react";
import { telephonyFields } from "./provider-fields";

type AccountDialogProps = { account: TelephonyAccountLine | null; onClose: () => void };

/** Connects an account, or changes one; it is asked before anything is saved. Secrets are written and never come back. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [provider, setProvider] = useState<TelephonyProvider>(account?.provider ?? "exotel");
  const [name, setName] = useState(account?.name ?? "");
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(Object.entries(account?.config ?? {}).map(([key, value]) => [key, String(value)])),
  );
  // Null: nobody wrote anything, and what the provider allows holds.
  const [perMinute, setPerMinute] = useState<string | null>(account ? String(account.callsPerMinute) : null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const fields = telephonyFields[provider];
  const allowed = String(telephonyProviders[provider].callsPerMinute);
  const rate = saveAccountInput.shape.callsPerMinute.safeParse(Number(perMinute ?? allowed));
  const pick = (secret: boolean) =>
    Object.fromEntries(
      fields
        .filter((field) => (field.secret ?? false) === secret)
        .map(({ name: key, initial }) => [key, values[key] ?? initial ?? ""]),
    );
  const save = () =>
    start(async () => {
      if (!rate.success) return;
      try {
        setProblem(null);
        const given = { accountId: account?.id ?? null, provider, config: pick(false), secrets: pick(true) };
        const told = await client.telephony.check.mutate(given);
        if (!told.ok) return setProblem(`${told.sentence} Nothing was saved.`);
        await client.telephony.saveAccount.mutate({ ...given, name, callsPerMinute: rate.data });
        toast.success(`${name} is connected`, { description: told.facts.join(" ") });
        router.refresh();
        onClose();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "It was not saved. Try again.");
      }
    });
  return (
    <Dialog title={account ? `Change ${account.name}` : "Connect a provider"} open onOpenChange={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {!account && (
          <Field label="Provider">
            <Select
              options={telephonyProviderKeys.map((value) => ({
                value,
                label: telephonyProviders[value].label,
              }))}
              value={provider}
              onValueChange={setProvider}
            />
          </Field>
        )}
        <Field label="Name" help="How you find it again.">
          <Input autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {fields.map(({ name: key, label, help, secret, options, initial }) => (
          <Field
            key={key}
            label={label}
            help={help}
            aside={secret && account?.secretsSet.includes(key) ? "Set; empty keeps it" : undefined}
          >
            {options ? (
              <Select
                options={options}
                value={values[key] ?? initial ?? ""}
                onValueChange={(value) => setValues({ ...values, [key]: value })}
              />
            ) : (
              <Input
                type={secret ? "password" : "text"}
                // Browsers must not offer the person's own password here.
                autoComplete={secret ? "new-password" : "off"}
                spellCheck={false}
                className="font-mono"
                value={values[key] ?? ""}
                onChange={(event) => setValues({ ...values, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field
          label="Calls a minute"
          help={`No more begin in any minute. ${telephonyProviders[provider].label} usually allows ${allowed}.`}
          error={rate.error?.issues[0]?.message}
        >
          <Input
            inputMode="numeric"
            maxLength={3}
            className="w-20 text-right tabular-nums"
            value={perMinute ?? allowed}
            onChange={(event) => setPerMinute(event.target.value)}
          />
        </Field>
        {problem && <Notice tone="danger">{problem}</Notice>}
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" loading={pending}>
            {account ? "Save" : "Connect"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
