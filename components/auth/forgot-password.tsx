"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import type { Answer } from "@/server/auth/answer";
import { RESET_MINUTES, requestPasswordResetInput } from "@/server/auth/schemas";
import { AuthCard } from "./auth-card";
import { BackToSignIn } from "./back-to-sign-in";
import { orThrow } from "./or-throw";

type ForgotPasswordProps = { onRequest: (given: { identifier: string }) => Promise<Answer> };

/** Asks where to send the link; afterwards says the same whether or not there is an account. */
export function ForgotPassword({ onRequest }: ForgotPasswordProps) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    schema: requestPasswordResetInput,
    initial: { identifier: "" },
    submit: async (given) => {
      orThrow(await onRequest(given));
      setSentTo(given.identifier);
    },
  });
  if (sentTo)
    return (
      <AuthCard
        title="Look into your mail"
        description={
          <>
            If an account belongs to <span className="break-words font-medium text-ink">{sentTo}</span>, a
            mail with a link is on its way to its e-mail address. The link works once, for {RESET_MINUTES}{" "}
            minutes.
          </>
        }
      >
        <p className="mb-4 text-muted text-sm">
          Nothing after five minutes? Look into the spam folder, or ask an administrator of your workspace.
        </p>
        <Button asChild>
          <Link href="/sign-in">Back to sign in</Link>
        </Button>
      </AuthCard>
    );
  return (
    <AuthCard title="Forgot your password?" description="We mail you a link to set a new one.">
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field label="E-mail address or phone number" error={form.errors.identifier}>
          <Input
            name="identifier"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={form.values.identifier}
            onChange={(event) => form.set("identifier", event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" loading={form.pending} className="w-full">
          Send the link
        </Button>
        <BackToSignIn />
      </form>
    </AuthCard>
  );
}
