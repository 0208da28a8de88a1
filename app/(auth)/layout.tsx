import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-8 sm:justify-center sm:py-12">
      <Logo word className="mb-6" />
      <main className="flex w-full justify-center">{children}</main>
    </div>
  );
}
