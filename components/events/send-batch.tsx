"use client";

import { ClipboardPaste } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Textarea } from "@/components/ui/textarea";
import { formatCount } from "@/server/platform/format";
import { BatchResult } from "./batch-result";
import { useBatch } from "./use-batch";

const MOST_BYTES = 10_000_000;

const example = `{"id": "e1", "name": "app_login", "customer": {"external_id": "C1042"}}
{"id": "e2", "name": "payment_received", "customer": {"phone": "+919812345678"}, "properties": {"amount": 12500}}`;

/** "Paste or upload" and its form: a batch is checked first, and sent when somebody has seen what would come of it. */
export function SendBatch() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ClipboardPaste aria-hidden />} onClick={() => setOpen(true)}>
        Paste or upload
      </Button>
      <Drawer title="Paste or upload events" open={open} onOpenChange={setOpen}>
        <BatchForm onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function BatchForm({ onDone }: { onDone: () => void }) {
  const batch = useBatch();
  const [text, setText] = useState("");
  const [create, setCreate] = useState(false);
  const { state } = batch;
  const working = state.step === "working";
  const ready = state.step === "checked" ? state.report.taken : 0;
  const change = (next: string) => {
    setText(next);
    batch.reset();
  };
  if (state.step === "sent")
    return (
      <div className="flex flex-col gap-4">
        <BatchResult report={state.report} sent />
        <FormActions>
          <Button onClick={() => change("")}>Send more</Button>
          <Button variant="primary" onClick={onDone}>
            Done
          </Button>
        </FormActions>
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Events"
        help="JSON, one JSON object a line, or CSV with the columns name, external_id (or phone, email), occurred_at, id; other columns are properties. An id that was sent before is not stored again."
      >
        <Textarea
          rows={10}
          spellCheck={false}
          placeholder={example}
          value={
            text.length > 200_000
              ? `${text.slice(0, 200_000)}\n… ${formatCount(text.length)} characters`
              : text
          }
          readOnly={text.length > 200_000}
          onChange={(event) => change(event.target.value)}
          className="max-h-80 font-mono text-xs"
        />
      </Field>
      {text === "" && (
        <FileDrop
          what="a JSON, NDJSON or CSV file"
          accept=".json,.ndjson,.jsonl,.csv,.txt,application/json,text/csv"
          limit={MOST_BYTES}
          onFile={(file) => void file.text().then(change)}
        />
      )}
      <Checkbox
        label="Add customers whom nobody knows yet"
        checked={create}
        onCheckedChange={(checked) => {
          setCreate(checked === true);
          batch.reset();
        }}
      />
      {state.step === "failed" && <Notice tone="danger">{state.message}</Notice>}
      {state.step === "checked" && <BatchResult report={state.report} sent={false} />}
      {working && (
        <Progress
          label={state.act === "check" ? "Checking" : "Sending"}
          done={state.done}
          total={state.total}
          unit="events"
        />
      )}
      <FormActions>
        <Button onClick={onDone}>Cancel</Button>
        {ready > 0 ? (
          <Button variant="primary" onClick={() => void batch.send(text, create)}>
            {ready === 1 ? "Send 1 event" : `Send ${formatCount(ready)} events`}
          </Button>
        ) : (
          <Button
            variant="primary"
            disabled={text.trim() === ""}
            loading={working}
            onClick={() => void batch.check(text, create)}
          >
            Check
          </Button>
        )}
      </FormActions>
    </div>
  );
}
