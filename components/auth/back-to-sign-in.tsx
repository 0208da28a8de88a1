import Link from "next/link";

/** The way back, under the form of a page before sign-in. */
export function BackToSignIn() {
  return (
    <p className="text-center text-sm">
      <Link href="/sign-in" className="rounded-sm text-accent-ink hover:underline">
        Back to sign in
      </Link>
    </p>
  );
}
