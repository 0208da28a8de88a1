"use client";

import { type FormEventHandler, type ReactNode, useId } from "react";
import { Button } from "./button";
import { Drawer } from "./drawer";
import { Notice } from "./notice";

type FormDrawerProps = {
  title: string;
  /** Of `useForm`. */
  form: { onSubmit: FormEventHandler; problem: string | null; pending: boolean; changed: boolean };
  /** What saving does: "Save the policy". */
  submitLabel: string;
  /** It may be saved as it stands. */
  ready?: boolean;
  onClose: () => void;
  /** Below the form: what held before. */
  after?: ReactNode;
  children: ReactNode;
};

/**
 * A form at the edge, for a line of a list or a new one: its heading, its fields, and at its foot, always in sight, what went
 * wrong and the way out. Where a list opens it, `useOpen` says in the address that it is open; `Esc` closes it, and the focus
 * returns to what opened it.
 */
export function FormDrawer({
  title,
  form,
  submitLabel,
  ready = false,
  onClose,
  after,
  children,
}: FormDrawerProps) {
  const id = useId();
  return (
    <Drawer
      title={title}
      open
      onOpenChange={onClose}
      footer={
        <div className="flex w-full flex-col gap-3">
          {form.problem && <Notice tone="danger">{form.problem}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form={id}
              variant="primary"
              loading={form.pending}
              disabled={!ready && !form.changed}
            >
              {submitLabel}
            </Button>
          </div>
        </div>
      }
    >
      <form id={id} noValidate onSubmit={form.onSubmit} className="flex flex-col gap-5">
        {children}
      </form>
      {after}
    </Drawer>
  );
}
