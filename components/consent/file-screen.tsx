"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { KeyFigure } from "@/components/ui/key-figure";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { ConsentFileDetail } from "@/server/consent/files/get";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

/** One file: what it would change, or has changed, and which lines were refused. */
export function FileScreen({ initial, zone }: { initial: ConsentFileDetail; zone: string }) {
  const trpc = useTRPC();
  const input = { fileId: initial.id };
  const { data: file } = useQuery(trpc.consent.file.queryOptions(input, { initialData: initial }));
  useLive([`consent-file:${file.id}`, "consent-files"], trpc.consent.file.queryFilter(input));
  const underWay = file.status === "checking" || file.status === "importing";
  const done = file.status === "completed" || file.status === "cancelled" || file.status === "failed";
  const would = file.status === "checking" || file.status === "checked";
  return (
    <div className="flex flex-col gap-5">
      {underWay && (
        <Progress
          label={file.status === "checking" ? "Checking; nothing is changed" : "Taking in"}
          done={Math.round(file.bytesRead / 1024)}
          total={Math.max(1, Math.round(file.bytes / 1024))}
          unit="KB"
          action={<CancelButton fileId={file.id} />}
        />
      )}
      {file.failure && (
        <Notice tone="danger" title="The file could not be taken in">
          {file.failure}
        </Notice>
      )}
      {file.status === "cancelled" && (
        <Notice tone="attention" title="Cancelled">
          What was taken in until then stays. To go on, bring the file again: what it has changed already is
          unchanged then.
        </Notice>
      )}
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <KeyFigure label="Rows" value={formatCount(file.rowsRead)} />
        <KeyFigure
          label={would ? "Would change something" : "Changed something"}
          value={formatCount(file.rowsAdded)}
        />
        <KeyFigure label="Say what stands" value={formatCount(file.rowsUnchanged)} />
        <KeyFigure label="Refused" value={formatCount(file.rowsRefused)} />
      </div>
      {file.status === "checked" && <RunBar file={file} />}
      {file.refusals.length > 0 && <Refusals file={file} />}
      <Card title="How it was read">
        <DescriptionList
          items={[
            ...file.columns.map(({ header, field }) => ({
              term: header,
              value: field ? field.replaceAll("_", " ") : <span className="text-faint">not used</span>,
            })),
            {
              term: "Brought",
              value: <Time value={file.at} zone={zone} show={done ? "exact" : "relative"} />,
            },
            { term: "By", value: file.byName },
          ]}
        />
      </Card>
    </div>
  );
}

function RunBar({ file }: { file: ConsentFileDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.consent.runFile.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.consent.file.queryFilter({ fileId: file.id })),
      onError: (error) => toast.error("It was not started", { description: error.message }),
    }),
  );
  if (file.rowsAdded === 0)
    return (
      <Notice>There is nothing to take in: every line that could be read says what stands already.</Notice>
    );
  const what = file.kind === "consents" ? "consent" : "address";
  const many = file.kind === "consents" ? "consents" : "addresses";
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant="primary" loading={isPending} onClick={() => mutate({ fileId: file.id })}>
        Take in {formatCount(file.rowsAdded)} {file.rowsAdded === 1 ? what : many}
      </Button>
      <CancelButton fileId={file.id} />
      {file.rowsRefused > 0 && (
        <span className="text-muted text-sm">
          {formatCount(file.rowsRefused)} refused {file.rowsRefused === 1 ? "line is" : "lines are"} left out.
        </span>
      )}
    </div>
  );
}

function CancelButton({ fileId }: { fileId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.consent.cancelFile.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.consent.file.queryFilter({ fileId })),
      onError: (error) => toast.error("It was not cancelled", { description: error.message }),
    }),
  );
  return (
    <Button size="sm" loading={isPending} onClick={() => mutate({ fileId })}>
      Cancel
    </Button>
  );
}

function Refusals({ file }: { file: ConsentFileDetail }) {
  return (
    <Card title="Refused lines" flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard */}
      <section aria-label="Refused lines" tabIndex={0} className="overflow-x-auto">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-left text-muted">
              <th className="w-16 px-4 py-2 font-medium">Line</th>
              <th className="px-4 py-2 font-medium">Why</th>
              <th className="px-4 py-2 font-medium">What it says</th>
            </tr>
          </thead>
          <tbody>
            {file.refusals.map(({ rowNumber, reason, row }) => (
              <tr key={rowNumber} className="border-line border-b last:border-b-0">
                <td className="px-4 py-2 text-muted tabular-nums">{formatCount(rowNumber + 1)}</td>
                <td className="px-4 py-2">{reason}</td>
                <td className="max-w-md truncate px-4 py-2 text-muted">{row.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {file.rowsRefused > file.refusals.length && (
        <p className="px-4 py-2 text-muted text-sm">
          The first {formatCount(file.refusals.length)} of {formatCount(file.rowsRefused)}.
        </p>
      )}
    </Card>
  );
}
