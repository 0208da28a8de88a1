"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { PriceDialog } from "./price-dialog";

/** The button that adds a price for a provider or a country without one. */
export function NewPrice({ today }: { today: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add a price
      </Button>
      {open && <PriceDialog kind={null} today={today} onClose={() => setOpen(false)} />}
    </>
  );
}
