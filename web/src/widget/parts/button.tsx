// The buttons of the widget.
import type { ComponentChildren, JSX, Ref } from "preact";
import { Icon } from "../icons";
import "./button.css";

interface Props extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, "size" | "icon" | "ref"> {
  /** `text` has no frame, `primary` is what most people come for. */
  look?: "text" | "primary";
  small?: boolean;
  /** A sign before the words. */
  icon?: string;
  type?: "button" | "submit";
  disabled?: boolean;
  button?: Ref<HTMLButtonElement>;
  children?: ComponentChildren;
}

export function Button({ look, small, icon, button, class: more, children, ...rest }: Props): JSX.Element {
  const names = ["Btn", look && `Btn--${look}`, small && "Btn--sm", more].filter(Boolean).join(" ");
  return (
    <button type="button" {...rest} class={names} ref={button ?? null}>
      {icon && <Icon type={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Props {
  icon: string;
  /** What it does, for who does not see the sign. */
  "aria-label": string;
}

/** A button that is a sign alone. */
export function IconButton({ class: more, ...rest }: IconButtonProps): JSX.Element {
  return <Button {...rest} class={`IconBtn ${String(more ?? "")}`.trim()} />;
}
