"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import type { TestLine } from "@/server/channels/accounts/test-events";
import { useTRPC } from "@/server/trpc/react";
import { TestForm } from "./test-form";
import { addressWords } from "./words";

type TestDialogProps = { account: AccountDetail; onClose: () => void };

/** Sends one real message through the account, and shows what becomes of it. */
export function TestDialog({ account, onClose }: TestDialogProps) {
  const [testId, setTestId] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={testId === null ? "Send me a test" : "Your test"}
      description={
        testId === null
          ? `One real message through ${account.name}. It belongs to no campaign and is counted nowhere.`
          : undefined
      }
    >
      {testId === null ? (
        <TestForm account={account} onCancel={onClose} onSent={setTestId} />
      ) : (
        <TestProgress testId={testId} account={account} onAgain={() => setTestId(null)} />
      )}
    </Dialog>
  );
}

type TestProgressProps = { testId: string; account: AccountDetail; onAgain: () => void };

function TestProgress({ testId, account, onAgain }: TestProgressProps) {
  const trpc = useTRPC();
  const { data: test } = useQuery(trpc.channels.test.queryOptions({ testId }));
  useLive(["channels"], trpc.channels.test.queryFilter({ testId }));
  return (
    <div className="flex flex-col gap-4">
      {test && <TestState test={test} account={account} />}
      <FormActions>
        <Button onClick={onAgain}>Send another</Button>
        <DialogClose>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </FormActions>
    </div>
  );
}

function TestState({ test, account }: { test: TestLine; account: AccountDetail }) {
  const to = test.addressHint;
  switch (test.state) {
    case "sending":
      return <Notice title="Sending">{to} is next.</Notice>;
    case "accepted":
      return (
        <Notice title={`Accepted for ${to}`}>
          {account.posts
            ? "The provider has it. This changes by itself as soon as it says that the phone has it too; if it never does, the webhook is not set up yet."
            : "The server has it. Look at the mailbox, and at its spam folder."}
        </Notice>
      );
    case "delivered":
      return (
        <Notice tone="good" title={`Delivered to ${to}`}>
          {account.provider === "sandbox"
            ? "It lies in the sandbox inbox, where campaigns of this workspace go as well."
            : `Look at the ${addressWords[account.channel].label.toLowerCase()}: it is there.`}
        </Notice>
      );
    case "read":
      return (
        <Notice tone="good" title={`Read at ${to}`}>
          It was delivered, and somebody opened it.
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="danger" title={`It did not reach ${to}`}>
          {test.sentence}
        </Notice>
      );
  }
}
