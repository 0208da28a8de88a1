/** One look for everything that opens under a control: menus, selects, comboboxes, popovers. */
export const menuClass =
  "z-50 min-w-40 overflow-y-auto rounded-md border border-line bg-raised p-1 text-ink text-sm shadow-md outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in";

export const menuItemClass =
  "flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-[highlighted]:bg-pressed data-[selected=true]:bg-pressed data-[disabled='']:pointer-events-none data-[disabled='']:opacity-50 data-[disabled=true]:opacity-50 pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0";
