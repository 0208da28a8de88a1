"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type SecretInputProps = {
  label: string;
  help: string;
  error?: string;
  optional: boolean;
  /** One is stored: it is never shown, only replaced. */
  isSet: boolean;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
};

/** A secret that is written and never read back. */
export function SecretInput({
  label,
  help,
  error,
  optional,
  isSet,
  value,
  onChange,
  onBlur,
}: SecretInputProps) {
  const [replacing, setReplacing] = useState(false);
  const kept = isSet && !replacing;
  return (
    <Field label={label} help={help} error={error} optional={optional} aside={isSet ? "Set" : "Not set"}>
      <div className="flex gap-2">
        {kept ? (
          <Input readOnly disabled value="••••••••••••••••" aria-label={`${label}: set`} />
        ) : (
          <Input
            type="password"
            // Browsers must not offer the person's own password here.
            autoComplete="new-password"
            spellCheck={false}
            autoFocus={replacing}
            className="font-mono"
            placeholder={isSet ? "Paste the new one" : undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onBlur}
          />
        )}
        {isSet && (
          <Button
            aria-label={
              replacing ? `Keep the stored ${label.toLowerCase()}` : `Replace the ${label.toLowerCase()}`
            }
            onClick={() => {
              setReplacing(!replacing);
              onChange("");
            }}
          >
            {replacing ? "Keep" : "Replace"}
          </Button>
        )}
      </div>
    </Field>
  );
}
