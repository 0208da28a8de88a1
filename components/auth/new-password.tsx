"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import type { Answer } from "@/server/auth/answer";
import { resetPasswordInput } from "@/server/auth/schemas";
import { AuthCard } from "./auth-card";
import { orThrow } from "./or-throw";
import { PasswordField } from "./password-field";

type NewPasswordProps = {
  token: string;
  onReset: (given: { token: string; password: string }) => Promise<Answer>;
};

/** Sets a new password by a mailed link, then leads to the sign-in page. */
export function NewPassword({ token, onReset }: NewPasswordProps) {
  const form = useForm({
    schema: resetPasswordInput,
    initial: { token, password: "" },
    submit: async (given) => {
      orThrow(await onReset(given));
      window.location.assign("/sign-in?done=password");
    },
  });
  return (
    <AuthCard title="Set a new password" description="Every browser that is signed in as you is signed out.">
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <PasswordField
          label="New password"
          isNew
          autoFocus
          value={form.values.password}
          error={form.errors.password}
          onChange={(value) => form.set("password", value)}
          onLeave={form.leave("password")}
        />
        <Button type="submit" variant="primary" loading={form.pending} className="w-full">
          Set the password
        </Button>
      </form>
    </AuthCard>
  );
}
