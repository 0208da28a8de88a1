"use client";

import Link from "next/link";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Credentials } from "./sign-in";

type SignInFormProps = {
  given: Credentials;
  onChange: (given: Credentials) => void;
  onSubmit: () => void;
  onOidc?: () => void;
  error: string | null;
  pending: boolean;
};

/** The two fields and the button. What was typed stays when it was refused. */
export function SignInForm({ given, onChange, onSubmit, onOidc, error, pending }: SignInFormProps) {
  const [missing, setMissing] = useState<keyof Credentials | null>(null);
  const identifier = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = given.identifier.trim() ? (given.password ? null : "password") : "identifier";
    setMissing(empty);
    if (empty) (empty === "password" ? password : identifier).current?.focus();
    else onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {error && <Notice tone="danger">{error}</Notice>}
      <Field
        label="E-mail address or phone number"
        error={missing === "identifier" ? "Enter your e-mail address or phone number." : null}
      >
        <Input
          ref={identifier}
          name="identifier"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={given.identifier}
          onChange={(event) => onChange({ ...given, identifier: event.target.value })}
        />
      </Field>
      <Field
        label="Password"
        error={missing === "password" ? "Enter your password." : null}
        aside={
          <Link href="/forgot-password" className="rounded-sm text-accent-ink hover:underline">
            Forgot password?
          </Link>
        }
      >
        <Input
          ref={password}
          name="password"
          type="password"
          autoComplete="current-password"
          value={given.password}
          onChange={(event) => onChange({ ...given, password: event.target.value })}
        />
      </Field>
      <Button type="submit" variant="primary" loading={pending} className="mt-1 w-full">
        Sign in
      </Button>
      {onOidc && (
        <Button disabled={pending} onClick={onOidc} className="w-full">
          Sign in with your organisation
        </Button>
      )}
    </form>
  );
}
