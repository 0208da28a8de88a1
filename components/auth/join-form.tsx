"use client";

import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useForm } from "@/components/ui/use-form";
import type { Answer } from "@/server/auth/answer";
import { newPassword, personName } from "@/server/auth/schemas";
import type { AcceptInvitation } from "@/server/workspaces/schemas";
import { orThrow } from "./or-throw";
import { PasswordField } from "./password-field";

type JoinFormProps = {
  token: string;
  hasAccount: boolean;
  onAccept: (given: AcceptInvitation) => Promise<Answer>;
  onAccepted: (password: string) => Promise<void>;
};

const asNew = z.object({ name: personName, password: newPassword });
const withAccount = z.object({ name: z.string(), password: z.string().min(1, "Enter your password.") });

/** A new person chooses a name and a password; somebody with an account proves it by its password. */
export function JoinForm({ token, hasAccount, onAccept, onAccepted }: JoinFormProps) {
  const form = useForm({
    schema: hasAccount ? withAccount : asNew,
    initial: { name: "", password: "" },
    submit: async ({ name, password }) => {
      orThrow(
        await onAccept(
          hasAccount ? { as: "account", token, password } : { as: "new", token, name, password },
        ),
      );
      await onAccepted(password);
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      {!hasAccount && (
        <Field label="Your name" error={form.errors.name}>
          <Input
            autoComplete="name"
            autoFocus
            value={form.values.name}
            onChange={(event) => form.set("name", event.target.value)}
            onBlur={form.leave("name")}
          />
        </Field>
      )}
      <PasswordField
        label={hasAccount ? "Password of your account" : "Choose a password"}
        isNew={!hasAccount}
        autoFocus={hasAccount}
        value={form.values.password}
        error={form.errors.password}
        onChange={(value) => form.set("password", value)}
        onLeave={form.leave("password")}
      />
      <Button type="submit" variant="primary" loading={form.pending} className="w-full">
        Join
      </Button>
    </form>
  );
}
