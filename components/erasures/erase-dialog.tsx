"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { ErasurePreview } from "@/server/erasures/preview";
import { requestErasureInput, sameConfirmation } from "@/server/erasures/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type EraseDialogProps = { customerId: string; onClose: () => void };

/** Asks once whether a person is to be forgotten: what goes, what stays, when, and the name typed. */
export function EraseDialog({ customerId, onClose }: EraseDialogProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.erasures.preview.queryOptions({ customerId }, { staleTime: 0 }));
  return (
    <Dialog
      title={data ? `Erase ${data.confirmation}?` : "Erase this customer?"}
      description={data && (data.days === 0 ? atOnce : later(data.days))}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      {error && <Notice tone="danger">{error.message}</Notice>}
      {!data && !error && <Skeleton className="h-64" />}
      {data && <EraseForm customerId={customerId} preview={data} onClose={onClose} />}
    </Dialog>
  );
}

const atOnce = "It is done within a minute and cannot be taken back. Nothing is sent from now on.";
const later = (days: number) =>
  `Nothing is sent from now on. In ${days} ${days === 1 ? "day" : "days"} the personal data goes; until then this can be taken back.`;

function EraseForm({ customerId, preview, onClose }: EraseDialogProps & { preview: ErasurePreview }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({
    schema: requestErasureInput,
    initial: { customerId, typed: "", keepOut: true },
    submit: async (given) => {
      await client.erasures.request.mutate(given);
      await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
      toast.success(preview.days === 0 ? "Being erased" : "Erasure planned");
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
      <Facts preview={preview} />
      <Checkbox
        label="Keep the person out"
        description="Hashes of the phone, the e-mail and the ids stay, so that no file and no event brings the person back."
        checked={form.values.keepOut ?? true}
        onCheckedChange={(checked) => form.set("keepOut", checked === true)}
      />
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <Field label={`Type “${preview.confirmation}” to confirm`} error={form.errors.typed}>
        <Input
          autoFocus
          autoComplete="off"
          value={form.values.typed}
          onChange={(event) => form.set("typed", event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>Keep the customer</Button>
        </DialogClose>
        <Button
          type="submit"
          variant="danger"
          loading={form.pending}
          disabled={!sameConfirmation(form.values.typed, preview.confirmation)}
        >
          {preview.days === 0 ? "Erase now" : "Plan the erasure"}
        </Button>
      </div>
    </form>
  );
}

const counted = (count: number, one: string, more = `${one}s`) =>
  count > 0 ? [`${formatCount(count)} ${count === 1 ? one : more}`] : [];
const listed = new Intl.ListFormat("en-IN");

function Facts({ preview }: { preview: ErasurePreview }) {
  const { notes, responses, events, inboxMessages, openCallbacks, policies, messages, sharedWith } = preview;
  const held = [
    "Name, addresses, ids, attributes and tags",
    ...counted(notes, "note"),
    ...counted(responses, "reply", "replies"),
    ...counted(inboxMessages, "message of the sandbox inbox", "messages of the sandbox inbox"),
  ];
  const kept = [
    ...counted(messages, "message"),
    ...counted(policies, "policy", "policies"),
    ...counted(events, "event"),
  ];
  return (
    <dl className="flex flex-col gap-3 text-sm">
      <div>
        <dt className="font-medium">What goes</dt>
        <dd className="text-muted">
          {listed.format(held)}; the words of events, callbacks and consents; rows of imported files that name
          the person, and uploaded files that wait with such a row.
        </dd>
      </div>
      <div>
        <dt className="font-medium">What stays, without the person</dt>
        <dd className="text-muted">
          {kept.length > 0 ? `${listed.format(kept)}: their kinds, times and amounts` : "Counts and amounts"},
          so that no figure changes.
        </dd>
      </div>
      {openCallbacks > 0 && (
        <div>
          <dt className="font-medium">What ends</dt>
          <dd className="text-muted">
            {counted(openCallbacks, "open callback request")}: nobody rings any more.
          </dd>
        </div>
      )}
      {sharedWith > 0 && (
        <Notice>
          {counted(sharedWith, "other customer")} {sharedWith === 1 ? "has" : "have"} the same phone or
          e-mail. That address stays theirs and can still be reached.
        </Notice>
      )}
    </dl>
  );
}
