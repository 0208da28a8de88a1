import type { Metadata } from "next";
import { resetPasswordAction } from "@/app/(auth)/forgot-password/actions";
import { DeadLink } from "@/components/auth/dead-link";
import { NewPassword } from "@/components/auth/new-password";
import { findPasswordReset } from "@/server/auth/reset-password";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (await findPasswordReset(token)) return <NewPassword token={token} onReset={resetPasswordAction} />;
  return (
    <DeadLink
      title="This link no longer works"
      action={{ href: "/forgot-password", label: "Ask for a new link" }}
    >
      It was used already, it is older than 30 minutes, or a newer one was sent after it.
    </DeadLink>
  );
}
