"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { passwordRule } from "@/server/auth/schemas";

type PasswordFieldProps = {
  label: string;
  value: string;
  error?: string | null;
  onChange: (value: string) => void;
  onLeave?: () => void;
  /** A password that is chosen now: says the rule and lets password managers offer one. */
  isNew?: boolean;
  autoFocus?: boolean;
};

/** A password, hidden until its owner wants to see it. */
export function PasswordField({
  label,
  value,
  error,
  onChange,
  onLeave,
  isNew,
  autoFocus,
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} error={error} help={isNew ? passwordRule : undefined}>
      <Input
        type={shown ? "text" : "password"}
        autoComplete={isNew ? "new-password" : "current-password"}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={value ? onLeave : undefined}
        suffix={
          <IconButton
            label={shown ? "Hide the password" : "Show the password"}
            tooltip={false}
            size="sm"
            className="size-6"
            icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            onClick={() => setShown(!shown)}
          />
        }
      />
    </Field>
  );
}
