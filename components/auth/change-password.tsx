"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { changePasswordInput } from "@/server/auth/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { PasswordField } from "./password-field";

const empty = { current: "", next: "" };

/** Sets a new password for oneself; the current one is asked for. */
export function ChangePassword() {
  const router = useRouter();
  const client = useTRPCClient();
  const form = useForm({
    schema: changePasswordInput,
    initial: empty,
    submit: async (given) => {
      const ended = await client.auth.changePassword.mutate(given);
      toast.success("Password changed", {
        description:
          ended === 1 ? "1 other browser was signed out." : `${ended} other browsers were signed out.`,
      });
      form.set("current", "");
      form.set("next", "");
      router.refresh();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <PasswordField
        label="Current password"
        value={form.values.current}
        error={form.errors.current}
        onChange={(value) => form.set("current", value)}
      />
      <PasswordField
        label="New password"
        isNew
        value={form.values.next}
        error={form.errors.next}
        onChange={(value) => form.set("next", value)}
        onLeave={form.leave("next")}
      />
      <FormActions>
        <Button type="submit" loading={form.pending}>
          Change password
        </Button>
      </FormActions>
    </form>
  );
}
