"use client";

import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";

/** A key, the one time that it can be seen. */
export function ShownOnce({ keyText, onDone }: { keyText: string; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="attention" title="Copy it now">
        Ringback keeps only a fingerprint of the key. If it is lost, rotate it.
      </Notice>
      <CopyField label="API key" value={keyText} />
      <CopyField label="Header" value={`Authorization: Bearer ${keyText}`} />
      <FormActions>
        <Button variant="primary" onClick={onDone}>
          I have it
        </Button>
      </FormActions>
    </div>
  );
}
