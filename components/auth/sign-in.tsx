"use client";

import { signIn } from "next-auth/react";
import { useState, useTransition } from "react";
import { Notice } from "@/components/ui/notice";
import type { DemoSignIn } from "@/server/auth/demo";
import { AuthCard } from "./auth-card";
import { DemoSignIns } from "./demo-sign-ins";
import { SignInForm } from "./sign-in-form";

type SignInProps = {
  /** Where to go after it; a path of this product. */
  next: string;
  demo: readonly DemoSignIn[];
  /** The organisation's own sign-in is set up. */
  withOidc: boolean;
  /** What went wrong on the way back from it. */
  failure: string | null;
  /** A new password was set a moment ago. */
  passwordSet: boolean;
};

export type Credentials = { identifier: string; password: string };

/** Signs in by e-mail address or phone number and password; demo people fill the form and send it in one click. */
export function SignIn({ next, demo, withOidc, failure, passwordSet }: SignInProps) {
  const [given, setGiven] = useState<Credentials>({ identifier: "", password: "" });
  const [error, setError] = useState(failure);
  const [pending, startTransition] = useTransition();
  const submit = (credentials: Credentials) => {
    setGiven(credentials);
    startTransition(async () => {
      const sentence = await trySignIn(credentials);
      setError(sentence);
      // A full load: nothing of a session before may linger in the page. Never resolves, the button stays busy.
      if (!sentence) await new Promise(() => window.location.assign(next));
    });
  };
  return (
    <AuthCard
      title="Sign in"
      aside={
        demo.length > 0 && (
          <DemoSignIns
            people={demo}
            disabled={pending}
            onChoose={({ email, password }) => submit({ identifier: email, password })}
          />
        )
      }
    >
      {passwordSet && !error && (
        <Notice tone="good" className="mb-4">
          Your new password is set. Sign in with it.
        </Notice>
      )}
      <SignInForm
        given={given}
        onChange={setGiven}
        onSubmit={() => submit(given)}
        onOidc={withOidc ? () => void signIn("oidc", { callbackUrl: next }) : undefined}
        error={error}
        pending={pending}
      />
    </AuthCard>
  );
}

/** Null when it worked, else a sentence to show. */
async function trySignIn(credentials: Credentials): Promise<string | null> {
  try {
    const answer = await signIn("credentials", { ...credentials, redirect: false });
    return answer?.ok ? null : (answer?.error ?? "Signing in did not work. Try again.");
  } catch {
    return "Ringback cannot be reached. Check your connection and try again.";
  }
}
