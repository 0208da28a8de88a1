"use client";

import { Failed } from "@/components/shell/failed";

export default function ScreenError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <Failed {...props} />;
}
