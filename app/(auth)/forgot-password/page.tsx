import type { Metadata } from "next";
import { ForgotPassword } from "@/components/auth/forgot-password";
import { requestPasswordResetAction } from "./actions";

export const metadata: Metadata = { title: "Forgot password" };
// Scripts carry a nonce of each answer, so that no page can be made in advance.
export const dynamic = "force-dynamic";

export default function ForgotPasswordPage() {
  return <ForgotPassword onRequest={requestPasswordResetAction} />;
}
