import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/auth/sign-in";
import { listDemoSignIns } from "@/server/auth/demo";
import { hasOidc } from "@/server/auth/oidc";
import { safeReturnPath, signInFailure } from "@/server/auth/schemas";
import { currentSignedIn } from "@/server/auth/session";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const one = (name: string) => (typeof asked[name] === "string" ? asked[name] : null);
  const next = safeReturnPath(one("next"));
  if (await currentSignedIn()) redirect(next);
  return (
    <SignIn
      next={next}
      demo={await listDemoSignIns()}
      withOidc={hasOidc()}
      failure={signInFailure(one("error"))}
      passwordSet={one("done") === "password"}
    />
  );
}
