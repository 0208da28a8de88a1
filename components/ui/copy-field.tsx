"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";

type CopyFieldProps = {
  label: string;
  value: string;
  /** Where it is pasted. */
  help?: string;
};

const SAID_MS = 2_000;

/** Something to paste elsewhere. */
export function CopyField({ label, value, help }: CopyFieldProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      toast.error("The browser did not allow copying", { description: "Select the text and copy it." });
    }
  };
  return (
    <Field label={label} help={help}>
      <div className="flex gap-2">
        <Input
          readOnly
          className="font-mono text-sm"
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          aria-label={`Copy the ${label.toLowerCase()}`}
          onClick={() => void copy()}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
    </Field>
  );
}
