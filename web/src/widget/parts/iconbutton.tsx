// A button that is a sign alone. Own code rather than @chatui/core's, which brings an image component along.
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX } from "preact";

interface Props {
  icon: string;
  /** What it does, for who does not see the sign. */
  "aria-label": string;
  class?: string;
  type?: "button" | "submit";
  disabled?: boolean;
  onClick?(): void;
}

export function IconButton({ icon, class: more = "", type = "button", ...rest }: Props): JSX.Element {
  return (
    <button type={type} class={`Btn IconBtn ${more}`} {...rest}>
      <Icon type={icon} />
    </button>
  );
}
