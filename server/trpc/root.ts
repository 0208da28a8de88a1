import { router } from "./procedures";

/** Every procedure of the product, one router a noun. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
