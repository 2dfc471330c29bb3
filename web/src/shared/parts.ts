// What of React's interface the pages use and preact's core has not. preact/compat has it as well, with 10 KB of
// what nobody here asks for.
import { Component, createElement, type ComponentClass, type FunctionComponent, type VNode } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

/** What `get` finds, now and whenever `subscribe` tells of a change; drawn anew only where it is another value. */
export function useSubscribed<Value>(subscribe: (listener: () => void) => () => void, get: () => Value): Value {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const value = get();
  const shown = useRef({ value, get });
  shown.current = { value, get };
  useLayoutEffect(() => {
    const look = (): void => {
      if (!Object.is(shown.current.get(), shown.current.value)) redraw(undefined);
    };
    // It may have changed since it was drawn.
    look();
    return subscribe(look);
  }, [subscribe]);
  return value;
}

/** Whether two sets of properties are the same, each by identity. */
function same(one: object, other: object): boolean {
  const names = Object.keys(one) as (keyof object)[];
  return names.length === Object.keys(other).length && names.every((name) => Object.is(one[name], other[name]));
}

/** A component that is drawn anew only when one of its properties is another. */
export function memo<Props extends object>(View: FunctionComponent<Props>): ComponentClass<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return !same(this.props, next);
    }

    override render(): VNode {
      return createElement(View as FunctionComponent, this.props);
    }
  };
}

/**
 * Tells when an input method begins and ends to compose a text in an element, as attributes for it: preact knows
 * events by the handlers browsers have, and for these browsers have none.
 */
export function onComposing(ended: (element: HTMLElement) => void, begun?: () => void): object {
  return {
    oncompositionstart: begun,
    oncompositionend: (event: Event) => ended(event.currentTarget as HTMLElement),
  };
}
