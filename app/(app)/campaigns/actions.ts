"use server";

import { revalidatePath } from "next/cache";
import { api } from "@/server/trpc/caller";

/** Puts the first steps away for who asks. */
export async function dismissOnboardingAction(): Promise<void> {
  await (await api()).onboarding.dismiss();
  revalidatePath("/campaigns");
}
